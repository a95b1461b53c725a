import type { PointerEvent } from 'react';
import { player } from '../../../parts/player.ts';
import { useHabits, useStudio } from '../state.ts';
import type { Ink } from './ink.ts';
import { Lane, type Frame } from './lane.tsx';
import type { OpenSound } from './layers.ts';
import { followPointer, placeIn } from './pointer.ts';
import { sampleTicks, timeTicks } from './time-ticks.ts';
import classes from './view.module.css';
import { secondsToX, xToSeconds } from './viewport.ts';

/** Times over the lanes; a press moves the playhead. */
export function Ruler({ sound, ink }: { sound: OpenSound; ink: Ink }) {
  const units = useHabits((state) => state.units);
  const paint = ({ ctx, view }: Frame) => {
    const { width, height } = view;
    const ticks = units === 'samples' ? sampleTicks(view, sound.sampleRate, width) : timeTicks(view, width);
    ctx.font = ink.font;
    ctx.textBaseline = 'alphabetic';
    ctx.fillStyle = ink.dimmed;
    for (const { seconds, label } of ticks) {
      const x = Math.round(secondsToX(seconds, view));
      ctx.globalAlpha = label === null ? 0.45 : 0.9;
      ctx.fillRect(x, height - (label === null ? 4 : 8), 1, label === null ? 4 : 8);
      ctx.globalAlpha = 1;
      // A name that would be cut off at the right is left out.
      if (label !== null && x + ctx.measureText(label).width + 4 < width) ctx.fillText(label, x + 4, height - 8);
    }
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const element = event.currentTarget;
    const seek = (x: number) =>
      player.seek(xToSeconds(x, { ...useStudio.getState().view, width: element.clientWidth }));
    seek(placeIn(element, event).x);
    followPointer(event, { move: ({ x }) => seek(x) });
  };
  return <Lane className={classes.ruler} data-lane="ruler" paint={paint} onPointerDown={onPointerDown} />;
}
