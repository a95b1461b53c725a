import { HarkError } from '#shared/domain/errors.ts';
import type { EditOf } from '#shared/domain/edit.ts';
import type { Signal } from '../signal/signal.ts';
import { eased } from './borders.ts';
import type { Operation } from './operation.ts';
import { fitted } from './paste.ts';
import { remade } from './span.ts';
import { Analysis, OVERLAP, spectraOf, Synthesis, usualFft, type Spectrum } from './stft.ts';

/** Seconds a gain takes to open before sound begins, and to close after it ends. */
const ATTACK = 0.02;
const RELEASE = 0.1;
/** How much the windows before count beside this one. */
const MEMORY = 0.6;

/** Mean power of each bin, [channels][bins], over the windows of a stretch of noise. @throws HarkError bad-input if it holds none */
function noisePowers(noise: Signal, nFft: number): Float64Array[] {
  if (noise.frames < nFft)
    throw new HarkError(
      'bad-input',
      `The noise profile is ${noise.frames} samples long; at ${noise.sampleRate} Hz at least ${nFft} are needed.`,
      { where: 'profile', remedy: 'Choose a longer stretch of noise alone.' },
    );
  const spectra = spectraOf(noise.channels.length, nFft);
  const powers = spectra.map(({ re }) => new Float64Array(re.length));
  const analysis = new Analysis(noise, nFft);
  let count = 0;
  for (let at = 0; at + nFft <= noise.frames; at += nFft / OVERLAP, count++) {
    analysis.at(at, spectra);
    spectra.forEach(({ re, im }, channel) => {
      for (let k = 0; k < re.length; k++) powers[channel][k] += re[k] * re[k] + im[k] * im[k];
    });
  }
  return powers.map((sums) => sums.map((sum) => sum / count));
}

/** Gains of one channel, window after window. */
class Gate {
  /** Power a bin must have to count as sound. */
  readonly #threshold: Float64Array;
  readonly #ratio: Float64Array;
  readonly #floor: number;
  readonly #smoothing: number;
  /** Gains of this window and those before it that may still rise, the oldest first. */
  readonly #waiting: Float64Array[];
  readonly #attack: number;
  readonly #release: number;
  readonly #last: Float64Array;

  constructor(noise: Float64Array, edit: EditOf<'reduceNoise'>, windowsPerSecond: number, ahead: number) {
    this.#threshold = noise.map((power) => power * 10 ** (edit.sensitivity / 10));
    this.#ratio = new Float64Array(noise.length);
    this.#floor = 10 ** (-edit.reduction / 20);
    this.#smoothing = edit.smoothing;
    this.#waiting = Array.from({ length: ahead + 1 }, () => new Float64Array(noise.length).fill(this.#floor));
    this.#attack = this.#floor ** (1 / (ATTACK * windowsPerSecond));
    this.#release = this.#floor ** (1 / (RELEASE * windowsPerSecond));
    this.#last = new Float64Array(noise.length).fill(this.#floor);
  }

  /** Hears a window. @returns gains of the window `ahead` before it, valid until the next call */
  next({ re, im }: Spectrum): Float64Array {
    const newest = this.#waiting.shift()!;
    this.#waiting.push(newest);
    this.#weigh(re, im);
    this.#open(newest);
    for (let back = 1, factor = this.#attack; back < this.#waiting.length; back++, factor *= this.#attack) {
      const gains = this.#waiting[this.#waiting.length - 1 - back];
      for (let k = 0; k < gains.length; k++) gains[k] = Math.max(gains[k], newest[k] * factor);
    }
    const due = this.#waiting[0];
    for (let k = 0; k < due.length; k++) due[k] = this.#last[k] = Math.max(due[k], this.#last[k] * this.#release);
    return due;
  }

  /** Power of each bin over its threshold. */
  #weigh(re: Float64Array, im: Float64Array): void {
    for (let k = 0; k < re.length; k++) {
      const power = (re[k] * re[k] + im[k] * im[k]) / this.#threshold[k];
      this.#ratio[k] = MEMORY * this.#ratio[k] + (1 - MEMORY) * power;
    }
  }

  /** Gains by the mean ratio over bands on both sides. */
  #open(gains: Float64Array): void {
    const reach = this.#smoothing;
    const least = this.#floor * this.#floor;
    const last = gains.length - 1;
    let sum = 0;
    for (let k = 0; k < Math.min(reach, last + 1); k++) sum += this.#ratio[k];
    for (let k = 0; k <= last; k++) {
      if (k + reach <= last) sum += this.#ratio[k + reach];
      if (k - reach > 0) sum -= this.#ratio[k - reach - 1];
      const mean = sum / (Math.min(last, k + reach) - Math.max(0, k - reach) + 1);
      gains[k] = Math.sqrt(Math.max(least, 1 - 1 / mean));
    }
  }
}

/**
 * Spectral gating. A bin's power P is held to the noise's N there, taken from the profile: r = P / (a N) with a = `sensitivity` dB,
 * averaged over windows and over `smoothing` bands on both sides. The gain is sqrt(1 - 1 / r), at least -`reduction` dB: spectral
 * subtraction with over-subtraction and a floor (S. F. Boll 1979; M. Berouti, R. Schwartz and J. Makhoul 1979). Gains open over
 * 20 ms before sound and close over 100 ms after it, which keeps single bins from tinkling. Channels are gated apart; a profile of
 * another rate or number of channels is resampled or mixed to the clip's.
 * @throws HarkError bad-input if the profile is shorter than a window
 */
export const reduceNoise: Operation<'reduceNoise'> = (signal, edit, context) => {
  if (edit.reduction === 0) return signal;
  const nFft = usualFft(signal.sampleRate);
  const hop = nFft / OVERLAP;
  const windowsPerSecond = signal.sampleRate / hop;
  const ahead = Math.ceil(ATTACK * windowsPerSecond);
  const quiet = { ...context, progress: undefined };
  const gates = noisePowers(fitted(context.kept(edit.profile), signal, quiet), nFft).map(
    (noise) => new Gate(noise, edit, windowsPerSecond, ahead),
  );
  return remade(signal, edit, context, (write, frames) => {
    const { from, end } = frames;
    const analysis = new Analysis(signal, nFft);
    const wanted = { skip: nFft - hop, frames: end - from };
    const synthesis = new Synthesis(gates.length, nFft, wanted, eased(signal, frames, end - from, write));
    const waiting = Array.from({ length: ahead + 1 }, () => spectraOf(gates.length, nFft));
    const first = from - nFft + hop;
    // Gains have heard what comes before the span by the time it begins.
    const heard = Math.round(RELEASE * windowsPerSecond) + ahead;
    for (let window = -heard; first + (window - ahead) * hop < end; window++) {
      const newest = waiting.shift()!;
      waiting.push(newest);
      analysis.at(first + window * hop, newest);
      const due = waiting[0];
      gates.forEach((gate, channel) => multiply(due[channel], gate.next(newest[channel])));
      if (window >= ahead) synthesis.add(due);
      context.progress?.(Math.min(1, Math.max(0, (window * hop) / (end - from))));
    }
    synthesis.end();
  });
};

function multiply({ re, im }: Spectrum, gains: Float64Array): void {
  for (let k = 0; k < re.length; k++) {
    re[k] *= gains[k];
    im[k] *= gains[k];
  }
}
