import type { RecurrentCell } from '#shared/domain/model-spec.ts';
import type { Moment } from '../moments.ts';
import type { Block, CellEquations } from './block.ts';
import { gru } from './gru.ts';
import { LOSS } from './loss.ts';
import { lstm } from './lstm.ts';
import { rnn } from './rnn.ts';

const EQUATIONS: Record<RecurrentCell, CellEquations> = { rnn, lstm, gru };

/** What is computed at a moment, in the order in which it can be. */
export const blocksAt = (cell: RecurrentCell, { phase }: Moment): readonly Block[] =>
  phase === 'loss' ? LOSS : EQUATIONS[cell][phase];
