import type { Peaks } from './peaks.ts';

/** A unit's strongest moment in one clip. */
export interface PeakMoment {
  /** Of the clip, in the list that was gone through. */
  place: number;
  /** With its sign. */
  value: number;
  frame: number;
}

/** What all units of a layer's signal do over many clips: the peak of each clip, kept as it comes. */
export class LayerLikes {
  #units = 0;
  readonly #labels: readonly string[];
  readonly #sizeOf: (value: number) => number;
  readonly #batches: { places: readonly number[]; peaks: Peaks }[] = [];

  /** @param labels of all clips @param sizeOf how strong a value is */
  constructor(labels: readonly string[], sizeOf: (value: number) => number) {
    this.#labels = labels;
    this.#sizeOf = sizeOf;
  }

  get units(): number {
    return this.#units;
  }

  /** Clips that were gone through. */
  get clips(): number {
    return this.#batches.reduce((sum, { places }) => sum + places.length, 0);
  }

  add(places: readonly number[], peaks: Peaks): void {
    this.#units = peaks.units;
    this.#batches.push({ places, peaks });
  }

  /** The strongest moments of a unit, at most one a clip, the strongest first; of equal ones that of the earlier clip. */
  momentsOf(unit: number, most: number): PeakMoment[] {
    return [...this.#momentsOf(unit)]
      .sort((a, b) => this.#sizeOf(b.value) - this.#sizeOf(a.value) || a.place - b.place)
      .slice(0, most);
  }

  /** Mean of how strong a unit gets in each clip, by label, the strongest first; of equal ones by label. */
  classesOf(unit: number): { label: string; mean: number; n: number }[] {
    const sums = new Map<string, { sum: number; n: number }>();
    for (const { place, value } of this.#momentsOf(unit)) {
      const label = this.#labels[place];
      const { sum, n } = sums.get(label) ?? { sum: 0, n: 0 };
      sums.set(label, { sum: sum + this.#sizeOf(value), n: n + 1 });
    }
    return [...sums]
      .map(([label, { sum, n }]) => ({ label, mean: sum / n, n }))
      .sort((a, b) => b.mean - a.mean || (a.label < b.label ? -1 : 1));
  }

  *#momentsOf(unit: number): Generator<PeakMoment> {
    for (const { places, peaks } of this.#batches)
      for (let row = 0; row < places.length; row++) {
        const at = row * peaks.units + unit;
        yield { place: places[row], value: peaks.values[at], frame: peaks.frames[at] };
      }
  }
}
