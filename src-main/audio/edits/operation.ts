import type { Edit, EditOf, EditOp } from '#shared/domain/edit.ts';
import type { Signal } from '../signal/signal.ts';
import type { MakeSink } from '../signal/sink.ts';

/** What an operation needs beside the sound. */
export interface EditContext {
  /** Where new samples go: memory for clips, a file for an hour. */
  sink: MakeSink;
  /** Sound kept in the lab under its hash. @throws HarkError not-found */
  kept(hash: string): Signal;
  /** Hears how much is done, 0 to 1. */
  progress?(share: number): void;
}

/** One kind of edit: the sound after it. The sound before it stays as it is. It works block by block, whatever the length. */
export type Operation<Op extends EditOp> = (signal: Signal, edit: EditOf<Op>, context: EditContext) => Signal;
export type Operations = { readonly [Op in EditOp]: Operation<Op> };
export type AnyOperation = (signal: Signal, edit: Edit, context: EditContext) => Signal;
