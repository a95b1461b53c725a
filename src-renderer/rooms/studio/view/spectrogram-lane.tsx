import { useEffect, useState, type PointerEvent } from 'react';
import { Failure } from '../../../parts/failure.tsx';
import { analysisFor, analysisWords, useSpectrogramSettings } from '../../../parts/sound/spectrogram-settings.ts';
import { drawBorders, drawBoxes } from '../regions/draw.ts';
import { boxGripAt, dragBox } from '../regions/drag.ts';
import { useStudio } from '../state.ts';
import { drawSelection } from './draw-selection.ts';
import type { Ink } from './ink.ts';
import { Lane, type Frame } from './lane.tsx';
import type { OpenSound } from './layers.ts';
import { placeIn } from './pointer.ts';
import { useShownRange } from './range.ts';
import { cursorFor, gripAt, selectByPointer } from './select.ts';
import { SpectrogramTiles } from './spectrogram-tiles.ts';
import { useStage } from './stage.ts';
import { usePainters } from './use-painters.ts';
import { useTileError } from './use-tile-error.ts';
import classes from './view.module.css';

interface Props {
  sound: OpenSound;
  /** null: the mix of all. */
  channel: number | null;
  ink: Ink;
}

/** The spectrogram, with what it was computed by printed on it. */
export function SpectrogramLane({ sound, channel, ink }: Props) {
  const stage = useStage();
  const painters = usePainters('spectrogram', sound);
  const settings = useSpectrogramSettings();
  const range = useShownRange(sound.sampleRate);
  const analysis = analysisFor(settings, sound.sampleRate);
  const [hop, setHop] = useState<number | null>(null);
  const [tiles] = useState(() => new SpectrogramTiles({ sound, channel }, stage.invalidate));
  const error = useTileError(tiles);
  useEffect(() => {
    tiles.onComputed = ({ hopLength }) => setHop(hopLength);
    return () => tiles.dispose();
  }, [tiles]);
  useEffect(() => {
    tiles.hear({ sound, channel });
    stage.invalidate();
  }, [tiles, sound, channel, stage]);

  const paint = ({ ctx, view, scale }: Frame) => {
    const viewport = { ...view, frequencies: range };
    tiles.draw(ctx, viewport, scale, analysis, settings.colours);
    for (const painter of painters.current) painter.draw({ ctx, viewport, lane: 'spectrogram', channel, scale });
    drawBorders(ctx, viewport, sound.clip, ink);
    drawBoxes(ctx, viewport, sound.clip, ink);
    drawSelection(ctx, viewport, { ...ink, accent: '#ffffff' });
  };
  const viewportOf = (element: HTMLElement) => ({
    ...useStudio.getState().view,
    width: element.clientWidth,
    height: element.clientHeight,
    frequencies: range,
  });
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const element = event.currentTarget;
    const place = placeIn(element, event);
    const viewport = viewportOf(element);
    const grip = gripAt(place, useStudio.getState().selection, range, viewport);
    const onBox = grip === null && boxGripAt(place, viewport, sound.clip) !== null;
    element.style.cursor = onBox ? 'move' : cursorFor(grip);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const viewport = viewportOf(event.currentTarget);
    if (dragBox(event, viewport, sound)) return;
    selectByPointer(event, { sound, kind: 'spectrogram', range, channel });
  };
  return (
    <Lane
      className={classes.spectrogram}
      data-lane="spectrogram"
      paint={paint}
      onPointerMove={onPointerMove}
      onPointerDown={onPointerDown}
    >
      <span className={classes.printed}>
        {sound.channels > 1 &&
          `${channel === null ? `mix of ${sound.channels} channels` : `channel ${channel + 1}`} · `}
        {analysisWords(analysis, range, hop)}
      </span>
      {error !== null && (
        <div className={classes.fault}>
          <Failure error={error} title="The spectrogram could not be computed" onRetry={() => tiles.retry()} />
        </div>
      )}
    </Lane>
  );
}
