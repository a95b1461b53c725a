/** What one clip's label is given, less what the likeliest other class is: -1 is disbelieved surely, 1 is believed. */
export function marginOf(label: number, probabilities: Float32Array | Float64Array): number {
  return probabilities[label] - probabilities[likeliestOther(label, probabilities)];
}

/** The likeliest class but one. */
export function likeliestOther(label: number, probabilities: Float32Array | Float64Array): number {
  let name = label === 0 ? 1 : 0;
  for (let other = name + 1; other < probabilities.length; other++)
    if (other !== label && probabilities[other] > probabilities[name]) name = other;
  return name;
}

/** The mean margin of each clip over all networks and epochs that were asked of it. */
export class MeanMargins {
  readonly #given: Int32Array;
  readonly #sums: Float64Array;
  readonly #asked: Int32Array;

  /** @param given class of each clip */
  constructor(given: Int32Array) {
    this.#given = given;
    this.#sums = new Float64Array(given.length);
    this.#asked = new Int32Array(given.length);
  }

  add(clip: number, probabilities: Float32Array): void {
    this.#sums[clip] += marginOf(this.#given[clip], probabilities);
    this.#asked[clip]++;
  }

  /** 0 for a clip that nobody was asked of. */
  of(clip: number): number {
    return this.#sums[clip] / Math.max(1, this.#asked[clip]);
  }
}
