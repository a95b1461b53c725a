import type { Drawing, PicturePlan } from './picture.ts';
import { reflected } from './stft.ts';

/** Fills `out` with the sound from sample `from` on. */
export type ReadSamples = (from: number, out: Float32Array) => void;

/** Samples of a strip at most: what is held in memory to draw a picture. */
const MOST_SAMPLES = 2 ** 21;

/** A picture's plan as strips of columns, one after another, each of no more sound than can be held. */
export function* strips(plan: PicturePlan): Generator<{ column: number; strip: PicturePlan }> {
  const { start, step, width, frames, nFft } = plan;
  const each = Math.min(step, frames * nFft);
  const most = Math.max(1, Math.min(width, Math.floor((MOST_SAMPLES - 3 * nFft) / each)));
  for (let column = 0; column < width; column += most)
    yield { column, strip: { ...plan, start: start + column * step, width: Math.min(most, width - column) } };
}

/**
 * A picture's plan with no more of the sound than it needs: the part it shows, or, where its frames lie far apart, their windows
 * alone, one behind another.
 * @param length of the sound, samples
 */
export function withSamples(plan: PicturePlan, length: number, read: ReadSamples): Drawing {
  if (length === 0) return { ...plan, samples: new Float32Array(0) };
  const { nFft, start, step, width, frames } = plan;
  const first = Math.floor(start) - nFft;
  const end = Math.ceil(start + width * step) + nFft;
  if (end - first <= width * frames * nFft) {
    const samples = new Float32Array(end - first);
    readReflected(first, samples, length, read);
    return { ...plan, start: start - first, samples };
  }
  const samples = new Float32Array(width * frames * nFft);
  const reach = Math.floor(nFft / 2);
  for (let column = 0, at = 0; column < width; column++)
    for (let frame = 0; frame < frames; frame++, at += nFft) {
      const centre = Math.min(Math.floor(start + (column + (frame + 0.5) / frames) * step), length - 1);
      readReflected(centre - reach, samples.subarray(at, at + nFft), length, read);
    }
  // The middle of window n is n nFft + floor(nFft / 2); the quarter keeps it from being rounded to the sample before.
  return { ...plan, start: 0.25, step: frames * nFft, samples };
}

/** Beyond its ends the sound is reflected, as frames at the ends are. */
function readReflected(from: number, out: Float32Array, length: number, read: ReadSamples): void {
  const low = Math.min(out.length, Math.max(0, -from));
  const high = Math.max(low, Math.min(out.length, length - from));
  if (low < high) read(from + low, out.subarray(low, high));
  const reflect = (n: number) => {
    const mirror = reflected(from + n, length) - from;
    if (mirror >= low && mirror < high) out[n] = out[mirror];
    else read(from + mirror, out.subarray(n, n + 1));
  };
  for (let n = 0; n < low; n++) reflect(n);
  for (let n = high; n < out.length; n++) reflect(n);
}
