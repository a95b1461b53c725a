import { useEffect, useState, type PointerEvent } from 'react';
import { Failure } from '../../../parts/failure.tsx';
import { useHabits, useStudio } from '../state.ts';
import { drawBorders } from '../regions/draw.ts';
import { drawSelection } from './draw-selection.ts';
import type { Ink } from './ink.ts';
import { Lane, type Frame } from './lane.tsx';
import type { OpenSound } from './layers.ts';
import { placeIn } from './pointer.ts';
import { cursorFor, gripAt, selectByPointer } from './select.ts';
import { useStage } from './stage.ts';
import { usePainters } from './use-painters.ts';
import { useTileError } from './use-tile-error.ts';
import classes from './view.module.css';
import { WaveTiles } from './wave-tiles.ts';

interface Props {
  sound: OpenSound;
  /** null: the mix of all. */
  channel: number | null;
  ink: Ink;
}

/** The waveform of one channel. */
export function WaveLane({ sound, channel, ink }: Props) {
  const stage = useStage();
  const painters = usePainters('waveform', sound);
  const [tiles] = useState(() => new WaveTiles({ sound, channel }, stage.invalidate));
  const amplitude = useHabits((state) => state.amplitude);
  const error = useTileError(tiles);
  useEffect(() => {
    tiles.hear({ sound, channel });
    stage.invalidate();
  }, [tiles, sound, channel, stage]);
  useEffect(() => () => tiles.dispose(), [tiles]);

  const paint = ({ ctx, view, scale }: Frame) => {
    const viewport = { ...view, frequencies: null };
    tiles.draw(ctx, view, scale, { wave: ink.wave, clipping: ink.clipping, background: ink.well, amplitude });
    ctx.fillStyle = ink.edge;
    ctx.fillRect(0, Math.round(view.height / 2), view.width, 1 / scale);
    for (const painter of painters.current) painter.draw({ ctx, viewport, lane: 'waveform', channel, scale });
    drawBorders(ctx, viewport, sound.clip, ink);
    drawSelection(ctx, viewport, ink);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const element = event.currentTarget;
    const size = { width: element.clientWidth, height: element.clientHeight };
    const { view, selection } = useStudio.getState();
    const grip = gripAt(placeIn(element, event), selection, null, { ...view, ...size });
    element.style.cursor = cursorFor(grip);
  };
  return (
    <Lane
      className={classes.wave}
      data-lane="waveform"
      data-channel={channel ?? 'mix'}
      paint={paint}
      onPointerMove={onPointerMove}
      onPointerDown={(event) =>
        event.button === 0 && selectByPointer(event, { sound, kind: 'waveform', range: null, channel })
      }
    >
      {sound.channels > 1 && (
        <span className={classes.channel}>{channel === null ? 'mix' : `channel ${channel + 1}`}</span>
      )}
      {error !== null && (
        <div className={classes.fault}>
          <Failure error={error} title="The waveform could not be drawn" onRetry={() => tiles.retry()} />
        </div>
      )}
    </Lane>
  );
}
