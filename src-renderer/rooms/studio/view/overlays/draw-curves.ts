import { linearTicks } from '../../../../parts/sound/axis.ts';
import { significant } from '../../../../parts/format.ts';
import { secondsToX, type Viewport } from '../viewport.ts';
import { axisY } from './axis-y.ts';
import { centreOf, valueOf, type FrameAt } from './frames.ts';
import type { Curve, Mark } from './kinds.ts';

export interface CurveInk {
  colour: string;
  /** Around what is drawn, so that it is seen on any picture. */
  halo: string;
}

/** CSS pixels. */
const LINE = 1.75;
const HALO = 2;
const RADIUS = 2.25;

/** One value of the frames over a lane; `yOf` tells how high it lies. Lines break where a value is missing. */
export function drawCurve(
  ctx: CanvasRenderingContext2D,
  viewport: Viewport,
  frames: readonly FrameAt[],
  value: number,
  { mark }: Curve,
  yOf: (value: number) => number,
  { colour, halo }: CurveInk,
): void {
  const path = mark === 'line' || mark === 'dashes' ? linePath : markPath;
  const shape = path(viewport, frames, value, yOf, mark);
  ctx.save();
  ctx.lineJoin = 'round';
  ctx.lineCap = 'round';
  ctx.strokeStyle = halo;
  const lined = path === linePath;
  ctx.lineWidth = lined ? LINE + 2 * HALO : HALO;
  if (mark === 'dashes') ctx.setLineDash([5, 5]);
  ctx.stroke(shape);
  ctx.lineWidth = LINE;
  ctx.strokeStyle = ctx.fillStyle = colour;
  if (lined) ctx.stroke(shape);
  else ctx.fill(shape);
  ctx.restore();
}

function linePath(
  viewport: Viewport,
  frames: readonly FrameAt[],
  value: number,
  yOf: (value: number) => number,
): Path2D {
  const path = new Path2D();
  let before = -Infinity;
  for (const frame of frames) {
    const seconds = centreOf(frame);
    const y = yOf(valueOf(frame, value));
    if (Number.isNaN(y)) continue;
    const x = secondsToX(seconds, viewport);
    if (seconds - before < 1.5 * frame.tile.hop) path.lineTo(x, y);
    else {
      path.moveTo(x, y);
      // A frame that stands alone is a dot.
      path.lineTo(x, y);
    }
    before = seconds;
  }
  return path;
}

const MARKS: Record<Exclude<Mark, 'line' | 'dashes'>, (path: Path2D, x: number, y: number, r: number) => void> = {
  circle(path, x, y, r) {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
  },
  square: (path, x, y, r) => path.rect(x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r),
  triangle: (path, x, y, r) => polygon(path, [x, y - 1.2 * r, x + 1.15 * r, y + 0.9 * r, x - 1.15 * r, y + 0.9 * r]),
  diamond: (path, x, y, r) => polygon(path, [x, y - 1.4 * r, x + 1.2 * r, y, x, y + 1.4 * r, x - 1.2 * r, y]),
};

function polygon(path: Path2D, points: number[]): void {
  path.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
  path.closePath();
}

function markPath(
  viewport: Viewport,
  frames: readonly FrameAt[],
  value: number,
  yOf: (value: number) => number,
  mark: Mark,
): Path2D {
  const path = new Path2D();
  if (mark === 'line' || mark === 'dashes') return path;
  for (const frame of frames) {
    const y = yOf(valueOf(frame, value));
    if (!Number.isNaN(y)) MARKS[mark](path, secondsToX(centreOf(frame), viewport), y, RADIUS);
  }
  return path;
}

/** A small axis of its own inside a lane, for curves that are not in the lane's unit. */
export function drawAxis(
  ctx: CanvasRenderingContext2D,
  { width, height }: Viewport,
  [low, high]: readonly [number, number],
  unit: string,
  side: 'left' | 'right',
  { colour, halo }: CurveInk,
  font: string,
): void {
  ctx.save();
  ctx.font = font;
  ctx.textBaseline = 'middle';
  ctx.textAlign = side;
  ctx.lineWidth = 3;
  ctx.lineJoin = 'round';
  ctx.strokeStyle = halo;
  ctx.fillStyle = colour;
  const x = side === 'left' ? 8 : width - 8;
  const ticks = linearTicks(low, high, height / 28);
  ticks.forEach((tick, index) => {
    const y = Math.max(7, Math.min(height - 7, axisY(tick, [low, high], height)));
    const words = `${significant(tick)}${index === ticks.length - 1 ? ` ${unit}` : ''}`;
    ctx.strokeText(words, x, y);
    ctx.fillText(words, x, y);
    ctx.fillRect(side === 'left' ? 0 : width - 5, axisY(tick, [low, high], height) - 0.5, 5, 1);
  });
  ctx.restore();
}
