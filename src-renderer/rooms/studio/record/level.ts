/** Level of a block of samples, full scale ±1. */
export interface Level {
  peak: number;
  /** Root of the mean square. */
  rms: number;
}

/** dB below full scale; -Infinity for silence. */
export const dbfs = (amplitude: number): number => 20 * Math.log10(amplitude);

export function levelOf(samples: Float32Array): Level {
  let [peak, sum] = [0, 0];
  for (const sample of samples) {
    const size = Math.abs(sample);
    if (size > peak) peak = size;
    sum += sample * sample;
  }
  return { peak, rms: samples.length === 0 ? 0 : Math.sqrt(sum / samples.length) };
}

/** From here on a converter is taken to have clipped: the last step of 16 bit. */
export const CLIPS_FROM = 32_767 / 32_768;

/** Least and greatest sample of each stretch of a recording, for a picture that grows with it. */
export class Outline {
  readonly min: number[] = [];
  readonly max: number[] = [];
  readonly #samplesPerPoint: number;
  #seen = 0;

  /** @param samplesPerPoint samples (of all channels together) that a point stands for */
  constructor(samplesPerPoint: number) {
    this.#samplesPerPoint = samplesPerPoint;
  }

  add(samples: Float32Array): void {
    for (const sample of samples) {
      const last = this.min.length - 1;
      if (this.#seen++ % this.#samplesPerPoint === 0) {
        this.min.push(sample);
        this.max.push(sample);
      } else {
        if (sample < this.min[last]) this.min[last] = sample;
        if (sample > this.max[last]) this.max[last] = sample;
      }
    }
  }
}

/** Tells when a word has been said: sound louder than the threshold, and then so long a silence. */
export class SilenceWatch {
  readonly #threshold: number;
  readonly #silence: number;
  #heard = 0;
  #quiet = 0;

  /** @param thresholdDb dB below full scale (RMS of a block) @param silence seconds of silence that end a take */
  constructor(thresholdDb: number, silence: number) {
    this.#threshold = 10 ** (thresholdDb / 20);
    this.#silence = silence;
  }

  /** Takes a block that lasts so many seconds; answers whether the take is over. */
  hears(rms: number, seconds: number): boolean {
    if (rms >= this.#threshold) {
      this.#heard += seconds;
      this.#quiet = 0;
    } else this.#quiet += seconds;
    // A click is no word.
    return this.#heard >= LEAST_SOUND && this.#quiet >= this.#silence;
  }
}

/** Seconds. */
const LEAST_SOUND = 0.08;
