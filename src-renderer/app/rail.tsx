import { Tooltip } from '@mantine/core';
import { Link } from 'wouter';
import icon from '../../resources/icon.svg';
import { Keys } from '../parts/kbd.tsx';
import { useBindings } from './bindings.ts';
import { useLayout } from './layout.ts';
import { ROOMS, type Room } from './rooms.tsx';
import classes from './shell.module.css';

/** The rooms there are. */
export function Rail({ room }: { room: Room }) {
  const narrow = useLayout((state) => state.narrowRail);
  return (
    <nav className={classes.rail} data-narrow={narrow || undefined} aria-label="Rooms">
      <div className={classes.brand}>
        <img src={icon} alt="" />
        <span className={classes.word}>Hark</span>
      </div>
      {ROOMS.filter(({ atFoot }) => !atFoot).map((entry) => (
        <RoomLink key={entry.id} entry={entry} current={entry === room} />
      ))}
      <div className={classes.foot}>
        {ROOMS.filter(({ atFoot }) => atFoot).map((entry) => (
          <RoomLink key={entry.id} entry={entry} current={entry === room} />
        ))}
      </div>
    </nav>
  );
}

function RoomLink({ entry, current }: { entry: Room; current: boolean }) {
  const chord = useBindings((state) => state.of(entry.go))[0];
  return (
    <Tooltip
      position="right"
      label={
        <>
          {entry.title} {chord && <Keys chord={chord} />}
        </>
      }
    >
      <Link href={entry.path} className={classes.roomLink} aria-current={current ? 'page' : undefined}>
        <entry.icon size={20} stroke={1.6} aria-hidden />
        <span className={classes.word}>{entry.title}</span>
      </Link>
    </Tooltip>
  );
}
