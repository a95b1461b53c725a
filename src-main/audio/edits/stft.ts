import { inverseRealFft, realFft } from '#shared/math/fft.ts';
import { hannWindow } from '#shared/math/windows.ts';
import type { Signal } from '../signal/signal.ts';
import { BLOCK } from './block.ts';
import { Reader } from './reader.ts';
import type { Write } from './span.ts';

/** A window's spectrum, [nFft / 2 + 1] each. */
export interface Spectrum {
  re: Float64Array;
  im: Float64Array;
}

/** Windows overlap by three quarters: squared Hann windows then sum to 1.5 everywhere. */
export const OVERLAP = 4;
const WINDOWS_SUM = 1.5;

/** The power of two next to 46 ms, as 2048 is at 44.1 kHz. */
export const usualFft = (sampleRate: number): number => 2 ** Math.max(6, Math.round(Math.log2(0.046 * sampleRate)));

export const spectraOf = (channels: number, nFft: number): Spectrum[] =>
  Array.from({ length: channels }, () => ({
    re: new Float64Array(nFft / 2 + 1),
    im: new Float64Array(nFft / 2 + 1),
  }));

/** Spectra of Hann windows of a signal, at places that move on. Beyond its ends there is silence. */
export class Analysis {
  readonly #reader: Reader;
  readonly #window: Float64Array;
  readonly #fft;
  readonly #work: Float64Array;

  constructor(signal: Signal, nFft: number) {
    this.#reader = new Reader(signal, nFft);
    this.#window = hannWindow(nFft);
    this.#fft = realFft(nFft);
    this.#work = new Float64Array(nFft);
  }

  /** @param from first sample of the window; the spectra are written into `spectra`, one a channel */
  at(from: number, spectra: readonly Spectrum[]): void {
    const windows = this.#reader.get(from, this.#window.length);
    spectra.forEach(({ re, im }, channel) => {
      const samples = windows[channel];
      for (let n = 0; n < samples.length; n++) this.#work[n] = samples[n] * this.#window[n];
      this.#fft.transform(this.#work, re, im);
    });
  }
}

/** Sound of spectra laid over one another every nFft / OVERLAP samples, windowed once more. */
export class Synthesis {
  readonly #window: Float64Array;
  readonly #inverse;
  readonly #work: Float64Array;
  /** Sums over windows, one array a channel; done up to `#at`, which the next window begins at. */
  readonly #sums: Float64Array[];
  readonly #blocks: Float32Array[];
  readonly #write: Write;
  #at = 0;
  #skip: number;
  #left: number;

  /** @param skip samples at the beginning that are not wanted @param frames how many are wanted then */
  constructor(channels: number, nFft: number, { skip, frames }: { skip: number; frames: number }, write: Write) {
    this.#window = hannWindow(nFft).map((value) => value / WINDOWS_SUM);
    this.#inverse = inverseRealFft(nFft);
    this.#work = new Float64Array(nFft);
    this.#sums = Array.from({ length: channels }, () => new Float64Array(BLOCK + 2 * nFft));
    this.#blocks = Array.from({ length: channels }, () => new Float32Array(BLOCK + nFft));
    this.#write = write;
    this.#skip = skip;
    this.#left = frames;
  }

  add(spectra: readonly Spectrum[]): void {
    const nFft = this.#window.length;
    spectra.forEach(({ re, im }, channel) => {
      this.#inverse.transform(re, im, this.#work);
      const sums = this.#sums[channel];
      for (let n = 0, at = this.#at; n < nFft; n++, at++) sums[at] += this.#work[n] * this.#window[n];
    });
    this.#at += nFft / OVERLAP;
    if (this.#at >= BLOCK) this.#flush();
  }

  /** Writes what is left of the samples wanted. */
  end(): void {
    this.#flush();
  }

  #flush(): void {
    const from = Math.min(this.#skip, this.#at);
    const end = Math.min(this.#at, from + this.#left);
    this.#sums.forEach((sums, channel) => {
      const block = this.#blocks[channel];
      for (let n = from; n < end; n++) block[n - from] = sums[n];
      sums.copyWithin(0, this.#at);
      sums.fill(0, sums.length - this.#at);
    });
    this.#skip -= from;
    this.#left -= end - from;
    this.#at = 0;
    if (end > from) this.#write(this.#blocks.map((block) => block.subarray(0, end - from)));
  }
}
