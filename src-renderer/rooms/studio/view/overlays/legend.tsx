import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { asHarkError } from '#shared/domain/errors.ts';
import { player } from '../../../../parts/player.ts';
import { useStudio } from '../../state.ts';
import type { OpenSound } from '../layers.ts';
import { channelOf } from './channel.ts';
import { frameAt, valueOf } from './frames.ts';
import type { Overlay } from './kinds.ts';
import classes from './overlays.module.css';
import { useOverlayTiles } from './overlay-tiles.ts';
import { Swatch } from './swatch.tsx';
import { valueWords } from './words.ts';

/** The overlays in sight: how each is drawn, its value at the playhead, and, under the pointer, how it was computed. */
export function Legend({ sound, overlays }: { sound: OpenSound; overlays: readonly Overlay[] }) {
  const seconds = usePlayhead(sound.clip);
  const tiles = useOverlayTiles((state) => state.tiles);
  useOverlayTiles((state) => state.stamp);
  const chosen = useStudio((state) => state.channel);
  if (overlays.length === 0) return null;
  return (
    <ul className={classes.legend} aria-label="Overlays in sight, with their values at the playhead">
      {overlays.map((overlay) => {
        const channel = channelOf(overlay, sound, chosen);
        const inSight = tiles?.inSight(overlay.kind, channel) ?? [];
        const at = frameAt(inSight, seconds);
        const error = tiles?.error(overlay.kind, channel);
        const words = error ? asHarkError(error).message : inSight.at(-1)?.words;
        return (
          <Tooltip key={overlay.kind} label={`${overlay.title}: ${words ?? 'being computed'}`} multiline maw={360}>
            <li tabIndex={0} data-failed={Boolean(error) || undefined}>
              {overlay.lane === 'strip' ? (
                <>
                  <Swatch overlay={overlay} />
                  {overlay.title}
                </>
              ) : (
                overlay.curves.map(({ name }, curve) => (
                  <span key={name} className={classes.name}>
                    <Swatch overlay={overlay} curve={curve} />
                    {name} <b>{error ? 'failed' : at ? valueWords(valueOf(at, curve), overlay.unit) : '…'}</b>
                  </span>
                ))
              )}
            </li>
          </Tooltip>
        );
      })}
    </ul>
  );
}

/** Where the playhead stands in a clip, to a hundredth of a second. */
export function usePlayhead(clip: number): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(
    () =>
      player.onTime((now) => {
        if (player.useStore.getState().clip === clip) setSeconds(Math.round(100 * now) / 100);
      }),
    [clip],
  );
  return seconds;
}
