import type { Cell, RecurrentCell } from './model-spec.ts';

/** Something a layer computes at every frame, one value a unit. */
export interface Signal {
  /** The engine's name of it. */
  id: string;
  name: string;
  /** As the equations in docs/cells have it. */
  symbol: string;
  /**
   * Where its values lie: a gate's between 0 (shut) and 1 (open), those of what has gone through tanh between -1 and 1, a cell state's
   * on both sides of 0 without a bound, a ReLU's above 0.
   */
  range: 'gate' | 'squashed' | 'unbounded' | 'positive';
  /** What one sees, in a sentence. */
  says: string;
}

const hidden = (says: string): Signal => ({ id: 'hidden', name: 'Hidden state', symbol: 'h', range: 'squashed', says });

const LSTM: readonly Signal[] = [
  {
    ...{ id: 'forget', name: 'Forget gate', symbol: 'f', range: 'gate' },
    says: 'How much of the cell state is kept from the frame before. Units that stand open remember; a dark column forgets all at once.',
  },
  {
    ...{ id: 'input', name: 'Input gate', symbol: 'i', range: 'gate' },
    says: 'How much of the candidate is written into the cell state. It opens where something worth keeping is heard.',
  },
  {
    ...{ id: 'output', name: 'Output gate', symbol: 'o', range: 'gate' },
    says: 'How much of the cell state is let out as the hidden state. A shut unit may still remember.',
  },
  {
    ...{ id: 'candidate', name: 'Candidate', symbol: 'g', range: 'squashed' },
    says: 'What would be written, were the input gate open.',
  },
  {
    ...{ id: 'cell', name: 'Cell state', symbol: 'c', range: 'unbounded' },
    says: 'The memory itself. Long horizontal stripes are kept over many frames; its size has no bound.',
  },
  hidden('What the layer gives to the next one and to itself at the next frame.'),
];

const GRU: readonly Signal[] = [
  {
    ...{ id: 'reset', name: 'Reset gate', symbol: 'r', range: 'gate' },
    says: 'How much of the state the candidate may look at. Where it is shut, the unit starts afresh from the sound.',
  },
  {
    ...{ id: 'update', name: 'Update gate', symbol: 'z', range: 'gate' },
    says: 'How much of the old state is kept: open units hold what they have, shut ones take the candidate.',
  },
  {
    ...{ id: 'candidate', name: 'Candidate', symbol: 'n', range: 'squashed' },
    says: 'What the state would become, were the update gate shut.',
  },
  hidden('The memory, and what the layer gives to the next one. Long horizontal stripes are kept over many frames.'),
];

/** What can be seen of a cell, in the order it is shown. */
export const SIGNALS: Record<Cell, readonly Signal[]> = {
  lstm: LSTM,
  gru: GRU,
  rnn: [hidden('All that a plain RNN has: memory and output in one. It is written anew at every frame.')],
  dnn: [
    {
      ...{ id: 'hidden', name: 'Activation', symbol: 'h', range: 'positive' },
      says: 'What each unit answers to the frame, or to the window around it where there are context frames: without memory nothing reaches further.',
    },
  ],
} satisfies Record<RecurrentCell | 'dnn', readonly Signal[]>;
