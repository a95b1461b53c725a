import type { Store } from '#main/lab/store.ts';
import { levelComparisons, setLevelFailure, setSweepState, sweepRow, type LevelComparison } from '#main/lab/sweeps.ts';
import { asHarkError, errorWords } from '#shared/domain/errors.ts';
import { FACTORS } from '#shared/domain/factors.ts';
import { Gate } from '../turns.ts';
import type { Comparisons } from '../types.ts';
import { levelName, settingsOf } from './plan.ts';

/** States of a level's comparison in which there is nothing more to do for it. */
const OVER: readonly string[] = ['done', 'stopped'];
const QUIET = { asJob: false } as const;

export interface ConductorParts {
  store: Store;
  comparisons: Comparisons;
  sweep: number;
  changed: () => void;
}

/** One ablation at work: sees to it that each level has its comparison, one after the other. */
export class Conductor {
  /** Resolves when it has ended, however; the store says how. */
  readonly ended: Promise<void>;
  readonly #parts: ConductorParts;
  readonly #gate = new Gate();
  #current: number | null = null;
  #ending: 'stop' | 'close' | null = null;

  /** @param only `tests`: begin nothing more, test what the level at hand has learnt so far */
  constructor(parts: ConductorParts, only: 'all' | 'tests' = 'all') {
    this.#parts = parts;
    setSweepState(parts.store, parts.sweep, 'running');
    if (only === 'tests') this.#ending = 'stop';
    this.ended = this.#work();
  }

  /** The level at hand may have been paused by itself. */
  get paused(): boolean {
    if (this.#current === null) return this.#gate.shut;
    const { store, sweep } = this.#parts;
    return levelComparisons(store, sweep).find((one) => one.comparison === this.#current)?.state === 'paused';
  }

  pause(): void {
    const { store, comparisons, sweep, changed } = this.#parts;
    this.#gate.close();
    if (this.#current !== null && comparisons.isAtWork(this.#current)) comparisons.pause(this.#current);
    setSweepState(store, sweep, 'paused');
    changed();
  }

  resume(): void {
    const { store, comparisons, sweep, changed } = this.#parts;
    setSweepState(store, sweep, 'running');
    this.#gate.open();
    if (this.#current !== null && this.paused) comparisons.resume(this.#current, QUIET);
    changed();
  }

  /** The level at hand is tested as it stands; no other is begun. */
  async stop(): Promise<void> {
    this.#ending ??= 'stop';
    this.#gate.open();
    const { comparisons } = this.#parts;
    if (this.#current !== null && comparisons.isAtWork(this.#current)) await comparisons.stop(this.#current, QUIET);
    await this.ended;
  }

  /** The lab is being closed: comparisons end by themselves, and what is left is found again. */
  async close(): Promise<void> {
    const stayPaused = this.paused;
    this.#ending = 'close';
    this.#gate.open();
    await this.ended;
    setSweepState(this.#parts.store, this.#parts.sweep, stayPaused ? 'paused' : 'interrupted');
  }

  async #work(): Promise<void> {
    const { store, sweep, changed } = this.#parts;
    // The caller first gets its conductor.
    await Promise.resolve();
    try {
      for (const level of sweepRow(store, sweep).spec.levels.keys()) await this.#level(level);
      if (this.#ending !== 'close') concludeSweep(store, sweep, this.#ending === 'stop');
    } catch (thrown) {
      setSweepState(store, sweep, 'failed', asHarkError(thrown).message);
    }
    changed();
  }

  async #level(level: number): Promise<void> {
    const { store, sweep, changed } = this.#parts;
    await this.#gate.pass();
    if (this.#ending === 'close') return;
    const known = levelComparisons(store, sweep).find((one) => one.level === level);
    if ((known && OVER.includes(known.state)) || (this.#ending === 'stop' && !known)) return;
    await this.#do(level, known);
    changed();
  }

  async #do(level: number, known: LevelComparison | undefined): Promise<void> {
    const { store, comparisons, sweep, changed } = this.#parts;
    try {
      if (this.#ending === 'stop') return void (await this.#test(known!));
      setLevelFailure(store, sweep, level, null);
      this.#current = known ? known.comparison : this.#begin(level);
      if (known) comparisons.resume(known.comparison, QUIET);
      changed();
      await comparisons.ended(this.#current);
    } catch (thrown) {
      if (this.#ending === 'close') return;
      setLevelFailure(store, sweep, level, errorWords(asHarkError(thrown)));
    } finally {
      this.#current = null;
    }
  }

  #begin(level: number): number {
    const { store, comparisons, sweep } = this.#parts;
    const { spec, name } = sweepRow(store, sweep);
    const settings = settingsOf(spec, spec.levels[level]);
    const words = FACTORS[spec.factor].words(spec.levels[level]);
    return comparisons.start({ ...settings, name: levelName(name, words) }, { sweep, level }).comparison;
  }

  /** Of a level that was cut off: what it had learnt. */
  async #test({ comparison, state }: LevelComparison): Promise<void> {
    if (state !== 'interrupted' && state !== 'paused') return;
    this.#current = comparison;
    await this.#parts.comparisons.stop(comparison, QUIET);
  }
}

/** Writes down how an ablation has ended, from how its levels have. */
function concludeSweep(store: Store, sweep: number, stopped: boolean): void {
  const { spec, failures } = sweepRow(store, sweep);
  const comparisons = levelComparisons(store, sweep);
  const failed = spec.levels.flatMap((value, level) => {
    const known = comparisons.find((one) => one.level === level);
    const error = known ? (known.state === 'failed' ? (known.error ?? '') : null) : failures[level];
    return error === null || error === undefined ? [] : [{ words: FACTORS[spec.factor].words(value), error }];
  });
  const whole = comparisons.filter(({ state }) => state === 'done').length + failed.length === spec.levels.length;
  const state = failed.length === spec.levels.length ? 'failed' : stopped || !whole ? 'stopped' : 'done';
  const error =
    failed.length === 0
      ? null
      : `${failed.length} of ${spec.levels.length} levels failed. ${failed[0].words}: ${failed[0].error}`;
  setSweepState(store, sweep, state, error);
}
