import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type PointerEvent } from 'react';
import { fetchPeaks, type Peaks } from '../../../client/bulk.ts';
import { useSize } from '../../../parts/sound/use-size.ts';
import { useStudio } from '../state.ts';
import type { Ink } from './ink.ts';
import type { OpenSound } from './layers.ts';
import { followPointer, placeIn } from './pointer.ts';
import { useStage } from './stage.ts';
import classes from './view.module.css';
import { heldView } from './viewport.ts';

const POINTS = 1024;
const EDGE = 6;

/** The whole sound, and on it the window that the lanes show: dragged, widened at its edges, set by a press beside it. */
export function Minimap({ sound, ink }: { sound: OpenSound; ink: Ink }) {
  const stage = useStage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const { ref, width, height } = useSize<HTMLDivElement>();
  const { clip, query, duration } = sound;
  const peaks = useQuery({
    queryKey: ['bulk', 'minimap', clip, query],
    queryFn: ({ signal }) => fetchPeaks(clip, { points: POINTS, ...query }, signal),
    placeholderData: (before, last) => (last?.queryKey[2] === clip ? before : undefined),
  });
  useEffect(() => {
    if (canvas.current && peaks.data && width > 0) paint(canvas.current, peaks.data, width, height, ink.wave);
  }, [peaks.data, width, height, ink]);
  useEffect(
    () =>
      stage.add(() => {
        const { start, end } = useStudio.getState().view;
        if (!pane.current) return;
        pane.current.style.left = `${(100 * start) / duration}%`;
        pane.current.style.width = `max(4px, ${(100 * (end - start)) / duration}%)`;
      }),
    [stage, duration],
  );

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    const { view } = useStudio.getState();
    const perPixel = duration / Math.max(1, width);
    const from = placeIn(event.currentTarget, event).x;
    const [left, right] = [view.start / perPixel, view.end / perPixel];
    const near = (x: number) => Math.abs(x - from) <= EDGE && right - left > 3 * EDGE;
    const inside = from >= left && from <= right;
    const length = view.end - view.start;
    const begun = inside
      ? view
      : heldView({ start: from * perPixel - length / 2, end: from * perPixel + length / 2 }, sound);
    const shown = (x: number) => {
      if (near(left)) return { start: Math.min(x * perPixel, view.end), end: view.end };
      if (near(right)) return { start: view.start, end: Math.max(x * perPixel, view.start) };
      const by = (x - from) * perPixel;
      return { start: begun.start + by, end: begun.end + by };
    };
    if (!inside && !near(left) && !near(right)) useStudio.setState({ view: begun });
    followPointer(event, { move: ({ x }) => useStudio.setState({ view: heldView(shown(x), sound) }) });
  };
  return (
    <div ref={ref} className={classes.minimap} onPointerDown={onPointerDown}>
      <canvas ref={canvas} aria-hidden />
      <div ref={pane} className={classes.pane} />
    </div>
  );
}

function paint(canvas: HTMLCanvasElement, { min, max }: Peaks, width: number, height: number, colour: string): void {
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const ctx = canvas.getContext('2d')!;
  // As high as there is room: the window says how loud it is.
  const peak = Math.max(
    1e-4,
    max.reduce((a, b) => Math.max(a, b), 0),
    min.reduce((a, b) => Math.max(a, -b), 0),
  );
  ctx.fillStyle = colour;
  const middle = canvas.height / 2;
  for (let x = 0; x < canvas.width; x++) {
    const i = Math.min(max.length - 1, Math.floor((x * max.length) / canvas.width));
    const top = middle - (max[i] / peak) * middle * 0.92;
    const bottom = middle - (min[i] / peak) * middle * 0.92;
    ctx.fillRect(x, top, 1, Math.max(1, bottom - top));
  }
}
