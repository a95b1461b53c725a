import { z } from 'zod';

export const CELLS = ['rnn', 'lstm', 'gru', 'dnn'] as const;
export type Cell = (typeof CELLS)[number];
export const RECURRENT_CELLS = ['rnn', 'lstm', 'gru'] as const;
export type RecurrentCell = (typeof RECURRENT_CELLS)[number];

/** The states a cell carries from frame to frame, and how those it begins with are called. */
export const STATES: Record<RecurrentCell, readonly ('h0' | 'c0')[]> = { rnn: ['h0'], lstm: ['h0', 'c0'], gru: ['h0'] };
/** What rows of recurrent weights belong to, a block of `hiddenSize` rows each, in PyTorch's order (ids of `SIGNALS`). */
export const BLOCKS: Record<RecurrentCell, readonly string[]> = {
  rnn: ['hidden'],
  lstm: ['input', 'forget', 'candidate', 'output'],
  gru: ['reset', 'update', 'candidate'],
};
export const INITIAL_STATES = ['zeros', 'learnt'] as const;
export const RECURRENT_INITS = ['uniform', 'orthogonal', 'identity'] as const;

/** How a cell is called on the screen and in reports. */
export const CELL_NAMES: Record<Cell, string> = { rnn: 'RNN', lstm: 'LSTM', gru: 'GRU', dnn: 'DNN' };

/** Those that learn nothing. */
export const PLAIN_POOLINGS = ['last', 'mean', 'max'] as const;
export type PlainPooling = (typeof PLAIN_POOLINGS)[number];
export const POOLINGS = [...PLAIN_POOLINGS, 'attention'] as const;
export type Pooling = (typeof POOLINGS)[number];

/**
 * One network. `classifier`: input dropout, recurrent layers (or, for `dnn`, the same number of frame-wise ReLU layers
 * without memory), dropout between them, pooling over the clip's own frames, a linear head.
 */
export const ModelSpec = z.strictObject({
  version: z.literal(1).default(1),
  architecture: z.literal('classifier').default('classifier'),
  cell: z.enum(CELLS),
  hiddenSize: z.number().int().min(1).max(4096).default(128),
  numLayers: z.number().int().min(1).max(4).default(1),
  bidirectional: z.boolean().default(false),
  /** Probability of dropping an input value. */
  inputDropout: z.number().min(0).lt(1).default(0.1),
  /** Probability of dropping a value between layers and before the head. */
  dropout: z.number().min(0).lt(1).default(0.3),
  pooling: z.enum(POOLINGS).default('mean'),
  /** From the second layer on, a layer's input is added to its output. */
  residual: z.boolean().default(false),
  /** What recurrent layers begin with: zeros, or one learnt vector a state, layer and direction, the same for all clips. */
  initialState: z.enum(INITIAL_STATES).default('zeros'),
  /** Probability of dropping a value of h_(t-1) on its way into the gates, the same values at all frames of a clip. */
  recurrentDropout: z.number().min(0).lt(1).default(0),
  /** Layer normalisation inside of recurrent cells (Ba, Kiros, Hinton 2016): of what x and h give to the gates, and of LSTM's c. */
  layerNorm: z.boolean().default(false),
  /** What recurrent weights begin as, each gate's block for itself: as in PyTorch, uniform within ±1/sqrt(H); orthogonal; identity. */
  recurrentInit: z.enum(RECURRENT_INITS).default('uniform'),
  /** What the bias of an LSTM's forget gate, or a GRU's update gate, begins as (b_ih + b_hh); null: as in PyTorch, near 0. */
  gateBias: z.number().min(-10).max(10).nullable().default(null),
  /** `dnn` alone: frames before and behind each frame that its first layer sees with it; beyond the clip's ends they are zeros. */
  context: z.number().int().min(0).max(50).default(0),
});
export type ModelSpec = z.infer<typeof ModelSpec>;

/**
 * Trainable values of a classifier, counted as PyTorch counts them (two bias vectors per recurrent layer and direction), with
 * the initial states where they are learnt, the gains of layer normalisation where there is one, and the pooling's attention (as many
 * units between as there are hidden ones).
 * @param inputSize features per frame
 * @param classes outputs of the head
 */
export function countParameters(spec: ModelSpec, inputSize: number, classes: number): number {
  const gates = { rnn: 1, lstm: 4, gru: 3, dnn: 0 }[spec.cell];
  const states = spec.cell === 'dnn' || spec.initialState === 'zeros' ? 0 : STATES[spec.cell].length;
  // A gain for each row of either weight; of an LSTM's c a gain and a shift.
  const norms = spec.layerNorm ? 2 * gates + (spec.cell === 'lstm' ? 2 : 0) : 0;
  const hidden = spec.hiddenSize;
  const directions = spec.bidirectional && spec.cell !== 'dnn' ? 2 : 1;
  let total = 0;
  let width = spec.cell === 'dnn' ? inputSize * (1 + 2 * spec.context) : inputSize;
  for (let layer = 0; layer < spec.numLayers; layer++) {
    total +=
      spec.cell === 'dnn'
        ? width * hidden + hidden
        : directions * hidden * (gates * (width + hidden + 2) + norms + states);
    width = hidden * directions;
  }
  const attention = spec.pooling === 'attention' ? hidden * (width + 2) : 0;
  return total + attention + width * classes + classes;
}

/**
 * The hidden size whose parameter count comes nearest to `target`, for a comparison at equal parameters.
 */
export function hiddenSizeForParameters(spec: ModelSpec, inputSize: number, classes: number, target: number): number {
  let low = 1;
  let high = 4096;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (countParameters({ ...spec, hiddenSize: middle }, inputSize, classes) < target) low = middle + 1;
    else high = middle;
  }
  const gap = (size: number) => Math.abs(countParameters({ ...spec, hiddenSize: size }, inputSize, classes) - target);
  return low > 1 && gap(low - 1) <= gap(low) ? low - 1 : low;
}
