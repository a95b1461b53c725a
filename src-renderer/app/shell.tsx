import { Suspense } from 'react';
import { useLocation } from 'wouter';
import { Loading } from '../parts/loading.tsx';
import { useChanges } from './changes.ts';
import { Connecting } from './connecting.tsx';
import { useGlobalActions } from './global-actions.ts';
import { HistoryDrawer } from './history.tsx';
import { Interrupted } from './interrupted.tsx';
import { KeysHelp } from './keys-help.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { RoomBoundary } from './room-boundary.tsx';
import { placeAt, roomAt } from './rooms.tsx';
import classes from './shell.module.css';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useKeys } from './use-action.ts';

/** The frame every room stands in: rail, top bar, room, status bar, and what lies over all of them. */
export function Shell() {
  const [location] = useLocation();
  const room = roomAt(location);
  useChanges();
  useKeys(placeAt(location));
  useGlobalActions();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#room" onClick={focusRoom}>
        Skip to the room
      </a>
      <Rail room={room} />
      <TopBar />
      <main id="room" className={classes.room} tabIndex={-1} aria-label={room.title}>
        <Connecting />
        <Interrupted />
        <div className={classes.content}>
          <RoomBoundary key={room.id} room={room.title}>
            <Suspense fallback={<Loading />}>
              <room.component />
            </Suspense>
          </RoomBoundary>
        </div>
      </main>
      <StatusBar />
      <Palette />
      <KeysHelp />
      <HistoryDrawer />
    </div>
  );
}

/** The address belongs to the router, so the jump is made by hand. */
function focusRoom(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('room')?.focus();
}
