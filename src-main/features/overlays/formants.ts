import { atRate } from './at-rate.ts';
import { burg } from './burg.ts';
import { meanSquare } from './energy.ts';
import { FRAME, frameByFrame, type PlanOverlay } from './overlay.ts';
import { polynomialRoots } from './roots.ts';

const FORMANTS = 4;
/** Hz: five formants of a vocal tract of 16 cm lie below, one every 1100; two poles for each. */
const CEILING = 5500;
const APART = 1100;
/** Poles at most; where fewer formants have room, two more stand for the tilt of the spectrum. */
const ORDER = 10;
/** Hz: lifts the highs by 6 dB an octave from here on, as much as voices fall. */
const EMPHASIS = 50;
/** Hz: nearer to the ends of the spectrum, or wider, poles are its tilt. */
const MARGIN = 50;
const LOWEST = 90;
const WIDEST = 600;
/** dBFS: what lies below is taken for the noise of the room. */
const LEAST_LEVEL = -70;

/**
 * Resonances of the vocal tract F1 to F4 in Hz, NaN where there are fewer: angles of the poles of linear prediction (Burg), from
 * sound brought to 11 kHz; as Praat's "To Formant (burg)" has it.
 */
export const planFormants: PlanOverlay = (sampleRate) => {
  const rate = Math.min(sampleRate, 2 * CEILING);
  const order = Math.min(ORDER, 2 * Math.round(rate / 2 / APART) + 2);
  // A Gaussian of 25 ms needs twice as much to come down.
  const length = Math.round(2 * FRAME * rate);
  const { window, narrow } = atRate(sampleRate, rate, length);
  const weights = gaussian(length);
  const emphasis = Math.exp((-2 * Math.PI * EMPHASIS) / rate);
  const least = 10 ** (LEAST_LEVEL / 10);
  const samples = new Float64Array(length);
  return {
    ...{ window, values: FORMANTS, unit: 'Hz', context: 0 },
    words:
      `linear prediction (Burg) of order ${order} at ${rate} Hz, Gaussian window of 25 ms, ` +
      `bandwidths to ${WIDEST} Hz, at least ${String(LEAST_LEVEL).replace('-', '−')} dBFS`,
    track: frameByFrame(window, FORMANTS, (wide, out) => {
      out.fill(NaN);
      if (meanSquare(wide) < least) return;
      const sound = narrow(wide);
      for (let n = 0; n < length; n++) samples[n] = weights[n] * (sound[n] - (n === 0 ? 0 : emphasis * sound[n - 1]));
      const prediction = burg(samples, order);
      if (prediction) out.set(resonances(prediction, rate).slice(0, FORMANTS));
    }),
  };
};

/** Hz, rising. */
function resonances(prediction: Float64Array, rate: number): number[] {
  const { re, im } = polynomialRoots(prediction);
  const found: number[] = [];
  for (let k = 0; k < re.length; k++) {
    if (!(im[k] > 0)) continue;
    const frequency = (Math.atan2(im[k], re[k]) * rate) / (2 * Math.PI);
    const bandwidth = (-Math.log(Math.hypot(re[k], im[k])) * rate) / Math.PI;
    if (frequency >= LOWEST && frequency <= rate / 2 - MARGIN && bandwidth <= WIDEST) found.push(frequency);
  }
  return found.sort((a, b) => a - b);
}

/** exp(-12 u^2) over u = -1 ... 1, lowered so that it ends at 0. */
function gaussian(length: number): Float64Array {
  const end = Math.exp(-12);
  return Float64Array.from({ length }, (_, n) => {
    const u = (2 * (n + 0.5)) / length - 1;
    return (Math.exp(-12 * u * u) - end) / (1 - end);
  });
}
