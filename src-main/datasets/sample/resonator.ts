/**
 * Second-order resonator and its inverse as in D. H. Klatt, "Software for a cascade/parallel formant synthesizer",
 * JASA 67 (1980), eq. 1 and 2: unit gain at 0 Hz.
 */
export class Resonator {
  #a = 1;
  #b = 0;
  #c = 0;
  #y1 = 0;
  #y2 = 0;
  readonly #sampleRate: number;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** @param frequency Hz @param bandwidth Hz */
  tune(frequency: number, bandwidth: number): void {
    const radius = Math.exp((-Math.PI * bandwidth) / this.#sampleRate);
    this.#c = -radius * radius;
    this.#b = 2 * radius * Math.cos((2 * Math.PI * frequency) / this.#sampleRate);
    this.#a = 1 - this.#b - this.#c;
  }

  /** Lets the resonance through: a pole pair. */
  pass(x: number): number {
    const y = this.#a * x + this.#b * this.#y1 + this.#c * this.#y2;
    this.#y2 = this.#y1;
    this.#y1 = y;
    return y;
  }

  /** Takes the resonance out: a zero pair. */
  stop(x: number): number {
    const y = (x - this.#b * this.#y1 - this.#c * this.#y2) / this.#a;
    this.#y2 = this.#y1;
    this.#y1 = x;
    return y;
  }
}
