import { spectraOf, type Spectrum } from './stft.ts';

/**
 * The phases of a phase vocoder with identity phase locking (J. Laroche and M. Dolson, "Improved phase vocoder time-scale
 * modification of audio", 1999): at each peak of the spectrum the phase goes on from that of the window before by as much as the
 * sound's own does over the same time, and the bins about the peak keep their phases to it, so that a partial stays one. All
 * channels are turned alike, so that the phases between them stay too.
 */
export class PhaseLock {
  readonly #before: Spectrum[];
  readonly #power: Float64Array;
  readonly #peaks: Int32Array;
  #first = true;

  constructor(channels: number, nFft: number) {
    this.#before = spectraOf(channels, nFft);
    this.#power = new Float64Array(nFft / 2 + 1);
    this.#peaks = new Int32Array(nFft / 2 + 1);
  }

  /**
   * @param now the sound's spectra about a moment, one a channel; turned in place
   * @param earlier those of one hop before, in the sound's own time
   * @returns `now`
   */
  next(now: readonly Spectrum[], earlier: readonly Spectrum[]): readonly Spectrum[] {
    if (!this.#first) {
      const peaks = this.#findPeaks(now);
      for (let i = 0, low = 0; i < peaks; i++) {
        const high = i + 1 < peaks ? this.#valley(this.#peaks[i], this.#peaks[i + 1]) : this.#power.length;
        this.#turn(now, earlier, this.#peaks[i], low, high);
        low = high;
      }
    }
    this.#first = false;
    now.forEach(({ re, im }, channel) => {
      this.#before[channel].re.set(re);
      this.#before[channel].im.set(im);
    });
    return now;
  }

  /** Bins whose power, of all channels, is above that of the two on either side. @returns how many */
  #findPeaks(spectra: readonly Spectrum[]): number {
    const power = this.#power.fill(0);
    for (const { re, im } of spectra) for (let k = 0; k < power.length; k++) power[k] += re[k] * re[k] + im[k] * im[k];
    let count = 0;
    for (let k = 0; k < power.length; k++) {
      const p = power[k];
      if (p > 0 && !(power[k - 1] >= p || power[k - 2] >= p || power[k + 1] > p || power[k + 2] > p))
        this.#peaks[count++] = k;
    }
    return count;
  }

  /** The weakest bin between two peaks, where the second one's part begins. */
  #valley(low: number, high: number): number {
    let weakest = low + 1;
    for (let k = weakest + 1; k < high; k++) if (this.#power[k] < this.#power[weakest]) weakest = k;
    return weakest;
  }

  /** Turns the bins [low, high) about a peak, by what the channel that is strongest there needs. */
  #turn(now: readonly Spectrum[], earlier: readonly Spectrum[], peak: number, low: number, high: number): void {
    let strongest = 0;
    let most = -1;
    for (let channel = 0; channel < now.length; channel++) {
      const { re, im } = now[channel];
      const power = re[peak] * re[peak] + im[peak] * im[peak];
      if (power > most) [strongest, most] = [channel, power];
    }
    const before = this.#before[strongest];
    const was = earlier[strongest];
    const re = before.re[peak] * was.re[peak] + before.im[peak] * was.im[peak];
    const im = before.im[peak] * was.re[peak] - before.re[peak] * was.im[peak];
    const size = Math.hypot(re, im);
    if (!(size > 1e-30)) return;
    const [cos, sin] = [re / size, im / size];
    for (const spectrum of now)
      for (let k = low; k < high; k++) {
        const x = spectrum.re[k];
        const y = spectrum.im[k];
        spectrum.re[k] = x * cos - y * sin;
        spectrum.im[k] = x * sin + y * cos;
      }
  }
}
