import { z } from 'zod';
import { RECURRENT_CELLS, type RecurrentCell } from './model-spec.ts';
import { BACKENDS } from './system.ts';

/** Tasks on made sequences that ask a network to carry something over a distance. */
export const MEMORY_TASKS = ['delayed-recall', 'adding', 'phone-order'] as const;
export type MemoryTask = (typeof MEMORY_TASKS)[number];

/** What each is called, what it asks, and whose it is. */
export const MEMORY_TASK_WORDS: Record<MemoryTask, { name: string; asks: string }> = {
  'delayed-recall': {
    name: 'Delayed recall',
    asks: 'One of eight symbols at the first frame, distractors and noise over the distance, then a go signal: which symbol was it? After the latching task of Bengio, Simard and Frasconi (1994).',
  },
  adding: {
    name: 'Adding problem',
    asks: 'Two of the first five values are marked, unmarked values follow over the distance, then a go signal: is the sum of the two above 1? Hochreiter and Schmidhuber (1997) asked for the sum itself; a classifier is asked for its side of 1, and sums from 0.9 to 1.1 are left out.',
  },
  'phone-order': {
    name: 'Order of phones',
    asks: 'Two made phones, each A or B, with other phones between them over the distance, then a go signal: which two, in which order? Who keeps the second alone is right half of the time. After the temporal order problem of Hochreiter and Schmidhuber (1997).',
  },
};

/** An experiment: each cell is trained anew for each distance and seed, on sequences of that distance alone. */
export const MemorySettings = z.strictObject({
  task: z.enum(MEMORY_TASKS).default('delayed-recall'),
  cells: z
    .array(z.enum(RECURRENT_CELLS))
    .min(1, 'Choose a cell.')
    .refine(unlike, 'Each once.')
    .default([...RECURRENT_CELLS]),
  /** Frames between what has to be kept and where it is asked for. */
  distances: z
    .array(z.number().int().min(1).max(1000))
    .min(1, 'Choose a distance.')
    .max(12)
    .refine(unlike, 'Each once.')
    .transform((distances) => distances.toSorted((a, b) => a - b))
    .default([5, 10, 20, 40, 80, 160]),
  hiddenSize: z.number().int().min(2).max(256).default(32),
  seeds: z.array(z.number().int().min(0).max(0xffff_ffff)).min(1).max(3).refine(unlike, 'Each once.').default([0]),
  /** Of training, at most: a network that makes no mistakes any more is done sooner. */
  steps: z.number().int().min(1).max(10_000).default(700),
  learningRate: z.number().positive().max(1).default(0.01),
  /** Gradients whose norm is above 1 are scaled down to it. */
  clipping: z.boolean().default(true),
  /**
   * What the biases of the gates that keep begin as: +b of an LSTM's forget gate and a GRU's update gate, -b of an LSTM's input gate
   * (after Tallec and Ollivier 2018, who draw b by the distance). null: as PyTorch begins, near 0.
   */
  gateBias: z.number().min(0).max(10).nullable().default(4),
});
export type MemorySettings = z.infer<typeof MemorySettings>;

function unlike(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

/** How well a cell carries over a distance. */
export const MemoryPoint = z.object({
  cell: z.enum(RECURRENT_CELLS),
  distance: z.number().int(),
  /** Share of the test sequences answered rightly, mean over seeds, and its 95 % interval. */
  accuracy: z.number(),
  interval: z.tuple([z.number(), z.number()]),
  seeds: z.array(
    z.object({
      seed: z.number().int(),
      accuracy: z.number(),
      /** Steps it was trained for. */
      steps: z.number().int(),
      /** Its loss was no number any more; training ended there. */
      diverged: z.boolean(),
    }),
  ),
});
export type MemoryPoint = z.infer<typeof MemoryPoint>;

/** An experiment as far as it is. */
export const MemoryRun = z.object({
  settings: MemorySettings,
  points: z.array(MemoryPoint),
  /** Answers there are to choose from. */
  classes: z.number().int(),
  /** Sequences of each point's test, the same for all cells and seeds. */
  testSequences: z.number().int(),
  /** Sequences in a step of training. */
  batchSize: z.number().int(),
  /** How the intervals were found. */
  intervalMethod: z.string(),
});
export type MemoryRun = z.infer<typeof MemoryRun>;

/** Share of right answers from which on a cell is said to hold. */
export const HOLDS = 0.9;

/** The longest distance at which a cell holds, as it does at all shorter ones; 0: it does not even at the shortest. */
export function reachOf({ points }: Pick<MemoryRun, 'points'>, cell: RecurrentCell): number {
  let reach = 0;
  for (const point of points.filter((one) => one.cell === cell).toSorted((a, b) => a.distance - b.distance)) {
    if (point.accuracy < HOLDS) break;
    reach = point.distance;
  }
  return reach;
}

/** An experiment that is done. */
export const KeptMemoryRun = MemoryRun.extend({
  /** When it ended: ISO 8601, UTC. */
  at: z.string(),
  /** How long it took. */
  seconds: z.number(),
  backend: z.enum(BACKENDS),
  threads: z.number().int(),
});
export type KeptMemoryRun = z.infer<typeof KeptMemoryRun>;

export const MemoryView = z.object({
  /** Under way, of this task or another. */
  running: MemoryRun.nullable(),
  /** The last one of this task that was finished. */
  last: KeptMemoryRun.nullable(),
});
export type MemoryView = z.infer<typeof MemoryView>;

/** A sequence of a task, to be looked at. */
export const MemoryExample = z.object({
  /** What each input of a frame is, from the first. */
  channels: z.array(z.string()),
  frames: z.number().int(),
  /** [frames, channels] */
  values: z.array(z.number()),
  /** What stands where; frames from and to (exclusive). */
  spans: z.array(
    z.object({
      from: z.number().int(),
      to: z.number().int(),
      kind: z.enum(['cue', 'distractors', 'go']),
      words: z.string(),
    }),
  ),
  answer: z.string(),
});
export type MemoryExample = z.infer<typeof MemoryExample>;
