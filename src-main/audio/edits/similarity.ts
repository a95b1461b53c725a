import { inverseRealFft, realFft } from '#shared/math/fft.ts';

/**
 * Finds the place at which a stretch of sound is most like a pattern: the largest normalised cross-correlation, summed over channels,
 * by Fourier transforms. Not re-entrant: the scratch is its own.
 */
export class Similarity {
  readonly #length: number;
  readonly #places: number;
  readonly #fft;
  readonly #inverse;
  readonly #work: Float64Array;
  readonly #sound: { re: Float64Array; im: Float64Array };
  readonly #pattern: { re: Float64Array; im: Float64Array };
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  readonly #energies: Float64Array;

  /** @param length of the pattern @param places to try */
  constructor(length: number, places: number) {
    this.#length = length;
    this.#places = places;
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

  /**
   * @param sounds [channels][length + places - 1] @param patterns [channels][length]
   * @returns the place, counted from the sound's first sample; the middle one where nothing is alike
   */
  find(sounds: readonly Float32Array[], patterns: readonly Float32Array[]): number {
    this.#re.fill(0);
    this.#im.fill(0);
    this.#energies.fill(0);
    sounds.forEach((sound, channel) => {
      this.#transform(sound, this.#sound);
      this.#transform(patterns[channel], this.#pattern);
      for (let k = 0; k < this.#re.length; k++) {
        const [a, b] = [this.#sound.re[k], this.#sound.im[k]];
        const [c, d] = [this.#pattern.re[k], this.#pattern.im[k]];
        this.#re[k] += a * c + b * d;
        this.#im[k] += b * c - a * d;
      }
      this.#addEnergies(sound);
    });
    this.#inverse.transform(this.#re, this.#im, this.#work);
    const middle = (this.#places - 1) / 2;
    let best = middle;
    let most = this.#likeness(middle);
    for (let place = 0; place < this.#places; place++) {
      const likeness = this.#likeness(place);
      if (likeness > most) [best, most] = [place, likeness];
    }
    return best;
  }

  #likeness(place: number): number {
    const energy = this.#energies[place];
    return energy > 1e-20 ? this.#work[place] / Math.sqrt(energy) : 0;
  }

  #transform(samples: Float32Array, into: { re: Float64Array; im: Float64Array }): void {
    this.#work.fill(0);
    this.#work.set(samples);
    this.#fft.transform(this.#work, into.re, into.im);
  }

  /** Sums of squares of the sound under the pattern at each place. */
  #addEnergies(sound: Float32Array): void {
    let energy = 0;
    for (let n = 0; n < this.#length; n++) energy += sound[n] * sound[n];
    for (let place = 0; ; place++) {
      this.#energies[place] += Math.max(0, energy);
      if (place + 1 === this.#places) break;
      energy += sound[place + this.#length] ** 2 - sound[place] ** 2;
    }
  }
}
