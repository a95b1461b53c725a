import { inverseRealFft, realFft } from '#shared/math/fft.ts';

/** Hz: the least rate at which places are told apart before they are settled to the sample. */
const COARSE_RATE = 10_000;
/** Places of the coarse search around which the best one is looked for: what hisses is told apart only there. */
const SETTLED = 3;

/**
 * Finds the place at which a stretch of sound is most like a pattern: the largest normalised cross-correlation, summed over channels.
 * It is looked for by Fourier transforms in the sound at a lower rate, then to the sample around the place found there. Not
 * re-entrant: the scratch is its own.
 */
export class Similarity {
  readonly #length: number;
  readonly #places: number;
  /** Samples to one of the coarse search. */
  readonly #step: number;
  readonly #coarse: Correlation;

  /** @param length of the pattern @param places to try, an odd number */
  constructor(length: number, places: number, sampleRate: number) {
    this.#length = length;
    this.#places = places;
    this.#step = Math.max(1, Math.floor(sampleRate / COARSE_RATE));
    const reach = Math.floor((places - 1) / 2 / this.#step);
    this.#coarse = new Correlation(Math.floor(length / this.#step), 2 * reach + 1, this.#step);
  }

  /**
   * @param sounds [channels][length + places - 1] @param patterns [channels][length]
   * @returns the place, counted from the sound's first sample; the middle one where nothing is alike
   */
  find(sounds: readonly Float32Array[], patterns: readonly Float32Array[]): number {
    const middle = (this.#places - 1) / 2;
    // The middle of both searches is the same place.
    const first = middle % this.#step;
    const found = this.#coarse.find(sounds, patterns, first).map((place) => first + this.#step * place);
    if (this.#step === 1) return found[0];
    let best = found[0];
    let most = -Infinity;
    for (const near of found) {
      const last = Math.min(this.#places - 1, near + this.#step - 1);
      let place = Math.max(0, near - this.#step + 1);
      let energy = this.#sum(sounds, place, sounds, place);
      for (; place <= last; place++) {
        const likeness = normalised(this.#sum(sounds, place, patterns, 0), energy);
        if (likeness > most || (likeness === most && place === found[0])) [best, most] = [place, likeness];
        for (const sound of sounds) energy += sound[place + this.#length] ** 2 - sound[place] ** 2;
      }
    }
    return best;
  }

  /** Of products over the pattern's length and all channels. */
  #sum(a: readonly Float32Array[], fromA: number, b: readonly Float32Array[], fromB: number): number {
    // Four sums at once: each would wait for the addition before it.
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    const rest = this.#length % 4;
    for (let channel = 0; channel < a.length; channel++) {
      const x = a[channel];
      const y = b[channel];
      for (let n = 0; n < rest; n++) s0 += x[fromA + n] * y[fromB + n];
      const end = fromA + this.#length;
      for (let i = fromA + rest, j = fromB + rest; i < end; i += 4, j += 4) {
        s0 += x[i] * y[j];
        s1 += x[i + 1] * y[j + 1];
        s2 += x[i + 2] * y[j + 2];
        s3 += x[i + 3] * y[j + 3];
      }
    }
    return s0 + s1 + s2 + s3;
  }
}

const normalised = (product: number, energy: number): number => (energy > 1e-20 ? product / Math.sqrt(energy) : 0);

/** The search over all places of sound whose every `step` samples count as one, their sum. */
class Correlation {
  readonly #length: number;
  readonly #places: number;
  readonly #step: number;
  readonly #fft;
  readonly #inverse;
  readonly #work: Float64Array;
  readonly #sound: { re: Float64Array; im: Float64Array };
  readonly #pattern: { re: Float64Array; im: Float64Array };
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #energies: Float64Array;

  constructor(length: number, places: number, step: number) {
    this.#length = length;
    this.#places = places;
    this.#step = step;
    // What wraps round falls on places that are not tried.
    const size = 2 ** Math.ceil(Math.log2(length + places));
    this.#fft = realFft(size);
    this.#inverse = inverseRealFft(size);
    this.#work = new Float64Array(size);
    const spectrum = () => new Float64Array(size / 2 + 1);
    this.#sound = { re: spectrum(), im: spectrum() };
    this.#pattern = { re: spectrum(), im: spectrum() };
    this.#re = spectrum();
    this.#im = spectrum();
    this.#energies = new Float64Array(places);
  }

  /** @param first sample of the sounds that counts @returns the places that are most alike, the best first; the middle before its equals */
  find(sounds: readonly Float32Array[], patterns: readonly Float32Array[], first: number): number[] {
    this.#re.fill(0);
    this.#im.fill(0);
    this.#energies.fill(0);
    for (let channel = 0; channel < sounds.length; channel++) {
      this.#load(patterns[channel], 0, this.#length);
      this.#fft.transform(this.#work, this.#pattern.re, this.#pattern.im);
      this.#load(sounds[channel], first, this.#length + this.#places - 1);
      this.#addEnergies();
      this.#fft.transform(this.#work, this.#sound.re, this.#sound.im);
      this.#addProducts();
    }
    this.#inverse.transform(this.#re, this.#im, this.#work);
    const likeness = this.#energies;
    for (let place = 0; place < this.#places; place++) likeness[place] = normalised(this.#work[place], likeness[place]);
    const middle = (this.#places - 1) / 2;
    const found = [middle];
    for (let place = 0; place < this.#places; place++) {
      if (place === middle) continue;
      const before = place > 0 ? likeness[place - 1] : -Infinity;
      const after = place + 1 < this.#places ? likeness[place + 1] : -Infinity;
      if (likeness[place] < before || likeness[place] <= after) continue;
      let rank = found.length;
      while (rank > 0 && likeness[place] > likeness[found[rank - 1]]) rank--;
      found.splice(rank, 0, place);
      if (found.length > SETTLED) found.pop();
    }
    return found;
  }

  #load(samples: Float32Array, first: number, count: number): void {
    const work = this.#work;
    const step = this.#step;
    for (let n = 0, at = first; n < count; n++) {
      let sum = 0;
      for (const end = at + step; at < end; at++) sum += samples[at];
      work[n] = sum;
    }
    work.fill(0, count);
  }

  #addProducts(): void {
    const { re: soundRe, im: soundIm } = this.#sound;
    const { re: patternRe, im: patternIm } = this.#pattern;
    const re = this.#re;
    const im = this.#im;
    for (let k = 0; k < re.length; k++) {
      re[k] += soundRe[k] * patternRe[k] + soundIm[k] * patternIm[k];
      im[k] += soundIm[k] * patternRe[k] - soundRe[k] * patternIm[k];
    }
  }

  /** Sums of squares of the sound under the pattern at each place. */
  #addEnergies(): void {
    const sound = this.#work;
    const length = this.#length;
    let energy = 0;
    for (let n = 0; n < length; n++) energy += sound[n] * sound[n];
    for (let place = 0; ; place++) {
      this.#energies[place] += Math.max(0, energy);
      if (place + 1 === this.#places) break;
      energy += sound[place + length] * sound[place + length] - sound[place] * sound[place];
    }
  }
}
