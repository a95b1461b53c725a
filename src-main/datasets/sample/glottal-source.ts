import type { Random } from '#shared/math/random.ts';
import { whiteNoise } from './noise.ts';

/** Cycle to cycle deviation of the period (jitter) and of the amplitude (shimmer), of a healthy voice. */
const JITTER = 0.006;
const SHIMMER = 0.03;
/** First difference taken in part: what a near microphone adds to the highs of a voice. */
const LIFT = 0.7;

/**
 * Derivative of the air flow through the glottis, KLGLOTT88 (D. H. Klatt, L. C. Klatt, JASA 87, 1990): per period
 * 2x - 3x^2 while it is open, x running from 0 to 1, and 0 while it is shut; then a low-pass for the spectral tilt, and
 * aspiration noise where it is open. A breathy voice has a longer open phase, more tilt and more noise.
 */
export class GlottalSource {
  readonly #breathiness: number;
  readonly #sampleRate: number;
  readonly #random: Random;
  readonly #openQuotient: number;
  readonly #tilt: number;
  #position = 0;
  #period = 0;
  #amplitude = 1;
  #smooth = 0;
  #before = 0;

  /** @param breathiness 0 to 1 */
  constructor(breathiness: number, sampleRate: number, random: Random) {
    this.#breathiness = breathiness;
    this.#sampleRate = sampleRate;
    this.#random = random;
    this.#openQuotient = 0.5 + 0.3 * breathiness;
    const cutoff = 7000 - 4500 * breathiness;
    this.#tilt = 1 - Math.exp((-2 * Math.PI * cutoff) / sampleRate);
  }

  /** @param pitch Hz; taken over when a period begins */
  next(pitch: number): number {
    if (this.#position >= this.#period) {
      this.#position -= this.#period;
      this.#period = (this.#sampleRate / pitch) * (1 + JITTER * this.#random.normal());
      this.#amplitude = 1 + SHIMMER * this.#random.normal();
    }
    const x = this.#position++ / (this.#openQuotient * this.#period);
    const flow = x < 1 ? x * (2 - 3 * x) * this.#amplitude : 0;
    this.#smooth += this.#tilt * (flow - this.#smooth);
    const noise = this.#breathiness * (x < 1 ? 0.03 : 0.01) * whiteNoise(this.#random);
    const lifted = this.#smooth - LIFT * this.#before;
    this.#before = this.#smooth;
    return lifted + noise;
  }
}
