import { ActionIcon, Tooltip } from '@mantine/core';
import { IconEyeSearch, IconPlayerPlay, IconPlayerTrackNext } from '@tabler/icons-react';
import type { Moment, UnitLikes } from '#shared/domain/likes.ts';
import { duration, significant, splitPath } from '../../../parts/format.ts';
import { player } from '../../../parts/player.ts';
import { useInspectRoute } from '../route.ts';
import { follow, useInspect } from '../state.ts';
import classes from './likes.module.css';

/** Seconds around a moment that are heard, half of them before it. */
const WINDOW = 0.5;

/** The strongest moments of a unit, to be heard and gone to. */
export function MomentList({ comparison, likes }: { comparison: number; likes: UnitLikes }) {
  const { go, clip: here } = useInspectRoute();
  const open = ({ clip, version, time, duration: whole }: Moment) => {
    follow(likes);
    if (clip === here) {
      player.load(clip, whole, { v: version });
      player.seek(time);
      return;
    }
    useInspect.setState({ at: { clip, seconds: time } });
    go(comparison, clip);
  };
  return (
    <div className={classes.moments} tabIndex={0} role="region" aria-label="Strongest moments">
      <table>
        <caption>Strongest moments, at most one a clip</caption>
        <thead>
          <tr>
            <th scope="col">value</th>
            <th scope="col">Label</th>
            <th scope="col">at</th>
            <th scope="col">File</th>
            <th scope="col" aria-label="What can be done with it" />
          </tr>
        </thead>
        <tbody>
          {likes.moments.map((moment) => {
            const { clip, file, value, truth, time } = moment;
            const { name } = splitPath(file);
            const actions = [
              {
                words: `Hear half a second around the moment in ${name}`,
                sign: IconPlayerPlay,
                run: () => hear(moment),
              },
              { words: `Hear all of ${name}`, sign: IconPlayerTrackNext, run: () => hearAll(moment) },
              { words: `Look inside at the moment in ${name}`, sign: IconEyeSearch, run: () => open(moment) },
            ];
            return (
              <tr key={clip} data-here={clip === here || undefined}>
                <td>{significant(value)}</td>
                <td title={truth}>{truth}</td>
                <td>{duration(time)}</td>
                <td title={file}>{name}</td>
                <td>
                  {actions.map(({ words, sign: Sign, run }) => (
                    <Tooltip key={words} label={words}>
                      <ActionIcon size="sm" variant="subtle" aria-label={words} onClick={run}>
                        <Sign size={14} />
                      </ActionIcon>
                    </Tooltip>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function hear({ clip, version, duration: whole, time }: Moment): void {
  // What is drawn above may play another sound of the same clip.
  if (player.useStore.getState().clip !== clip) player.load(clip, whole, { v: version });
  const start = Math.max(0, Math.min(time - WINDOW / 2, whole - WINDOW));
  player.playPart({ start, end: Math.min(whole, start + WINDOW) });
}

function hearAll({ clip, version, duration: whole }: Moment): void {
  if (player.useStore.getState().clip !== clip) player.load(clip, whole, { v: version });
  void player.playFrom(0);
}
