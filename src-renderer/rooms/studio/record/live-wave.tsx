import { useEffect, useRef } from 'react';
import { timecode } from '../../../parts/format.ts';
import { readInk } from '../view/ink.ts';
import type { Outline } from './level.ts';
import classes from './record.module.css';
import { onHeard, POINTS_PER_SECOND, useRecorder } from './recorder.ts';

/** Seconds in sight at most; of a longer take its end. */
const IN_SIGHT = 10;

/** The take as it grows, and how long it is. */
export function LiveWave() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const clock = useRef<HTMLSpanElement>(null);
  const phase = useRecorder((state) => state.phase);
  useEffect(() => {
    let frame = 0;
    const stop = onHeard((_, outline, seconds) => {
      if (!outline) return;
      if (clock.current) clock.current.textContent = timecode(seconds, 1);
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => canvas.current && draw(canvas.current, outline));
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, []);
  useEffect(() => {
    if (phase !== 'counting' || !canvas.current) return;
    canvas.current.getContext('2d')?.clearRect(0, 0, canvas.current.width, canvas.current.height);
    if (clock.current) clock.current.textContent = timecode(0, 1);
  }, [phase]);
  return (
    <div className={classes.wave}>
      <canvas ref={canvas} role="img" aria-label="Waveform of the take under way" />
      <span ref={clock} className={classes.clock} role="timer" aria-label="Length of the take">
        {timecode(0, 1)}
      </span>
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, { min, max }: Outline): void {
  const scale = devicePixelRatio;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  ctx.scale(scale, scale);
  const ink = readInk();
  ctx.fillStyle = ink.edge;
  ctx.fillRect(0, height / 2, width, 1);
  ctx.fillStyle = ink.wave;
  const points = IN_SIGHT * POINTS_PER_SECOND;
  const first = Math.max(0, min.length - points);
  const step = width / points;
  for (let n = first; n < min.length; n++) {
    const top = ((1 - max[n]) / 2) * height;
    const bottom = ((1 - min[n]) / 2) * height;
    ctx.fillRect((n - first) * step, top, Math.max(1, step), Math.max(1, bottom - top));
  }
}
