import { useStudio } from '../state.ts';
import type { Ink } from './ink.ts';
import { isSpan } from './select.ts';
import { frequencyToY, secondsToX, type Viewport } from './viewport.ts';

/** The selection on a lane: its span, or its box where the lane has a frequency axis. */
export function drawSelection(ctx: CanvasRenderingContext2D, viewport: Viewport, { accent }: Ink): void {
  const { selection } = useStudio.getState();
  if (!isSpan(selection)) return;
  const { frequencies, height, width } = viewport;
  const left = Math.max(-2, secondsToX(selection.start, viewport));
  const right = Math.min(width + 2, secondsToX(selection.end, viewport));
  if (right < 0 || left > width) return;
  const box = selection.fMin !== null && selection.fMax !== null && frequencies !== null;
  const top = box ? Math.max(-2, frequencyToY(selection.fMax!, frequencies, height)) : -2;
  const bottom = box ? Math.min(height + 2, frequencyToY(selection.fMin!, frequencies, height)) : height + 2;
  ctx.save();
  ctx.fillStyle = accent;
  ctx.globalAlpha = frequencies ? 0.13 : 0.2;
  ctx.fillRect(left, top, right - left, bottom - top);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = accent;
  ctx.lineWidth = 1;
  ctx.strokeRect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(right - left), Math.round(bottom - top));
  if (box) {
    ctx.fillStyle = accent;
    for (const x of [left, right]) for (const y of [top, bottom]) ctx.fillRect(x - 2.5, y - 2.5, 6, 6);
  }
  ctx.restore();
}
