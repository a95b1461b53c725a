import { median } from '#shared/math/statistics.ts';
import type { Cell } from '#shared/domain/model-spec.ts';

export interface RemainingRun {
  cell: Cell;
  parameters: number;
  /** May be a fraction: the epoch at hand. */
  epochsLeft: number;
}

/** Testing costs about this many epochs, timing of single clips included. */
const TEST_IN_EPOCHS = 1;

/**
 * How long epochs take here, from those seen: as the clock saw them, so with validation and checkpoint. What a cell not yet
 * seen takes is guessed from the others by its number of parameters.
 */
export class Pace {
  readonly #seconds = new Map<Cell, number[]>();
  readonly #parameters = new Map<Cell, number>();

  saw(cell: Cell, parameters: number, seconds: number): void {
    this.#parameters.set(cell, parameters);
    this.#seconds.set(cell, [...(this.#seconds.get(cell) ?? []).slice(-8), seconds]);
  }

  /** Seconds until all these runs are done; null before any epoch was seen. */
  secondsLeft(runs: RemainingRun[]): number | null {
    if (this.#seconds.size === 0) return null;
    return runs.reduce(
      (total, { cell, parameters, epochsLeft }) =>
        total + this.#epochSeconds(cell, parameters) * (epochsLeft + TEST_IN_EPOCHS),
      0,
    );
  }

  #epochSeconds(cell: Cell, parameters: number): number {
    const own = this.#seconds.get(cell);
    if (own) return median(own);
    const perParameter = [...this.#seconds].map(([seen, seconds]) => median(seconds) / this.#parameters.get(seen)!);
    return median(perParameter) * parameters;
  }
}
