import type { HistoryStep } from '#shared/contract/lab.ts';
import type { Store } from './store.ts';

/** What every step's payload names, so that steps of a purged dataset can be dropped. */
export interface StepPayload {
  dataset: number;
}

/** One kind of undoable step: how it is done (again), how it is taken back, and what the history calls it. */
export interface StepKind<Payload extends StepPayload = StepPayload> {
  readonly kind: string;
  words(payload: Payload): string;
  apply(store: Store, payload: Payload): void;
  revert(store: Store, payload: Payload): void;
}

export interface StepRow {
  id: number;
  at: string;
  kind: string;
  words: string;
  payload: string;
  undone: number;
}

export function toHistoryStep(row: StepRow): HistoryStep {
  return { id: row.id, at: row.at, words: row.words, undone: row.undone === 1 };
}

/**
 * Does a step and writes it into the lab's history, in one transaction. Steps that had been undone can no longer be
 * redone after it.
 */
export function doStep<Payload extends StepPayload>(store: Store, kind: StepKind<Payload>, payload: Payload): void {
  store.transaction(() => {
    store.prepare('delete from step where undone = 1').run();
    store
      .prepare('insert into step (at, kind, words, payload) values (?, ?, ?, ?)')
      .run(new Date().toISOString(), kind.kind, kind.words(payload), JSON.stringify(payload));
    kind.apply(store, payload);
  })();
}
