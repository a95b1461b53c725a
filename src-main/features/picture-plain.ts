import type { Drawing } from './picture.ts';
import type { PictureRows } from './picture-rows.ts';
import { stftPlan } from './stft.ts';

/** Below every floor. */
const LEAST_POWER = 1e-30;

/** A picture in TypeScript: the form to read, the oracle of the kernel, and what runs where there is none. */
export function drawPlain(drawing: Drawing): Uint8Array<ArrayBuffer> {
  const { nFft, window, samples, start, step, width, frames, pooling, height, rows, colours } = drawing;
  const { fullScale, floorDb, ceilingDb } = drawing;
  const pixels = new Uint8Array(width * height * (colours ? 4 : 1));
  const stft = stftPlan({ nFft, winLength: window.length, window, hopLength: 1, center: true });
  const spectrum = new Float64Array(stft.bins);
  const powers = new Float64Array(height);
  const put = (at: number, value: number) => {
    if (!colours) pixels[at] = value;
    else pixels.set([colours[3 * value], colours[3 * value + 1], colours[3 * value + 2], 255], 4 * at);
  };
  for (let column = 0; column < width; column++) {
    powers.fill(pooling === 'max' ? LEAST_POWER : 0);
    for (let frame = 0; samples.length > 0 && frame < frames; frame++) {
      // With one sample to a hop, frame n is centred on sample n.
      const centre = Math.floor(start + (column + (frame + 0.5) / frames) * step);
      stft.powerFrame(samples, Math.min(centre, samples.length - 1), spectrum);
      for (let row = 0; row < height; row++) {
        const power = rowPower(spectrum, rows, row);
        if (pooling === 'mean') powers[row] += power / frames;
        else if (power > powers[row]) powers[row] = power;
      }
    }
    for (let row = 0; row < height; row++) {
      const decibels = 10 * Math.log10(Math.max(powers[row] / fullScale, LEAST_POWER));
      const level = (decibels - floorDb) / (ceilingDb - floorDb);
      put(row * width + column, Math.round(255 * Math.max(0, Math.min(1, level))) || 0);
    }
  }
  return pixels;
}

function rowPower(spectrum: Float64Array, { firsts, lasts, parts }: PictureRows, row: number): number {
  const [first, last] = [firsts[row], lasts[row]];
  if (first > last) return spectrum[last] + (spectrum[first] - spectrum[last]) * parts[row];
  let power = 0;
  for (let bin = first; bin <= last; bin++) if (spectrum[bin] > power) power = spectrum[bin];
  return power;
}
