import { framesOf, type Frames } from '#shared/domain/edit-shape.ts';
import { shapeOf, type Signal } from '../signal/signal.ts';
import { Cascade, type Biquad } from './biquad.ts';
import { BLOCK } from './block.ts';
import { scaled } from './level.ts';
import type { EditContext, Operation } from './operation.ts';
import { blocksOf } from './span.ts';

/**
 * The two stages of K-weighting at any rate. ITU-R BS.1770-4 gives coefficients for 48 kHz alone; these are the analogue filters
 * behind them (frequency, gain and quality as B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement",
 * AES 145, 2018, found them), again by the bilinear transform. At rates below 3.4 kHz the shelf lies above all sound: left out.
 */
function kWeighting(sampleRate: number): Biquad[] {
  const shelf = { frequency: 1681.974450955533, gain: 3.999843853973347, q: 0.7071752369554196 };
  const rumble = { frequency: 38.13547087602444, q: 0.5003270373238773 };
  const sections: Biquad[] = [];
  if (shelf.frequency < sampleRate / 2) {
    const k = Math.tan((Math.PI * shelf.frequency) / sampleRate);
    const high = 10 ** (shelf.gain / 20);
    const middle = high ** 0.4996667741545416;
    const a0 = 1 + k / shelf.q + k * k;
    sections.push({
      b0: (high + (middle * k) / shelf.q + k * k) / a0,
      b1: (2 * (k * k - high)) / a0,
      b2: (high - (middle * k) / shelf.q + k * k) / a0,
      a1: (2 * (k * k - 1)) / a0,
      a2: (1 - k / shelf.q + k * k) / a0,
    });
  }
  // The standard's high-pass has b = 1, -2, 1, not divided by a0.
  const k = Math.tan((Math.PI * rumble.frequency) / sampleRate);
  const a0 = 1 + k / rumble.q + k * k;
  sections.push({ b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / rumble.q + k * k) / a0 });
  return sections;
}

/** Weights by number of channels: left, right, centre 1; surrounds 1.41; the low-frequency channel of six is left out. */
const WEIGHTS: Record<number, readonly number[]> = { 5: [1, 1, 1, 1.41, 1.41], 6: [1, 1, 1, 0, 1.41, 1.41] };

const lufs = (power: number): number => -0.691 + 10 * Math.log10(power);
const powerAt = (loudness: number): number => 10 ** ((loudness + 0.691) / 10);

/**
 * Integrated loudness, LUFS (ITU-R BS.1770-4): weighted power in blocks of 400 ms every 100 ms, less those under -70 LUFS, less
 * those 10 LU under the mean of what is left then. Sound of less than 400 ms has no such block: its mean power counts, ungated.
 * @param passes over the sound that the caller makes, this being the first
 * @returns -Infinity for silence, and for what nowhere reaches -70 LUFS
 */
export function integratedLoudness(signal: Signal, frames: Frames, context: EditContext, passes = 1): number {
  const { sampleRate } = signal;
  const count = frames.end - frames.from;
  const energies = stepEnergies(signal, frames, context, passes);
  const steps = Math.floor((10 * count) / sampleRate);
  if (steps < 4) return lufs(energies.reduce((sum, energy) => sum + energy, 0) / count);
  const powers: number[] = [];
  for (let k = 0; k + 4 <= steps; k++) {
    const length = stepStart(k + 4, sampleRate) - stepStart(k, sampleRate);
    powers.push((energies[k] + energies[k + 1] + energies[k + 2] + energies[k + 3]) / length);
  }
  const loud = powers.filter((power) => power > powerAt(-70));
  const gate = mean(loud) / 10;
  return loud.length === 0 ? -Infinity : lufs(mean(loud.filter((power) => power > gate)));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const stepStart = (step: number, sampleRate: number): number => Math.round((step * sampleRate) / 10);

/** Sums of squares of each 100 ms, K-weighted, over all channels by their weights. */
function stepEnergies(signal: Signal, frames: Frames, context: EditContext, passes: number): Float64Array {
  const { sampleRate, channels } = signal;
  const energies = new Float64Array(Math.ceil((10 * (frames.end - frames.from)) / sampleRate) + 1);
  const sections = kWeighting(sampleRate);
  const cascades = channels.map(() => new Cascade(sections));
  const weights = WEIGHTS[channels.length] ?? channels.map(() => 1);
  const work = new Float64Array(BLOCK);
  for (const { block, at } of blocksOf(signal, { ...frames, passes }, context))
    block.forEach((samples, channel) => {
      const exact = work.subarray(0, samples.length);
      exact.set(samples);
      cascades[channel].run(exact);
      let step = Math.floor((10 * at) / sampleRate);
      for (let n = 0; n < exact.length; step++) {
        const last = Math.min(exact.length, stepStart(step + 1, sampleRate) - at);
        let sum = 0;
        for (; n < last; n++) sum += exact[n] * exact[n];
        energies[step] += weights[channel] * sum;
      }
    });
  return energies;
}

/** One factor for all channels. What has no loudness (silence, or all of it under -70 LUFS) stays as it is. */
export const normaliseLoudness: Operation<'normaliseLoudness'> = (signal, edit, context) => {
  const loudness = integratedLoudness(signal, framesOf(edit, shapeOf(signal)), context, 2);
  if (loudness === -Infinity) return signal;
  return scaled(signal, { ...edit, pass: 1, passes: 2 }, 10 ** ((edit.lufs - loudness) / 20), context);
};
