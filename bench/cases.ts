import { RECURRENT_CELLS, CELL_NAMES, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { Random } from '#shared/math/random.ts';
import type { Network } from './flops.ts';
import { fsdd } from './recordings.ts';

/** A network and the shape of its batches, as `bench train` and `bench profile` take them. */
export interface TrainCase {
  name: string;
  network: Network;
  batch: number;
  /** Frames of the longest clip. */
  time: number;
  /** Frames of each clip; null: all are full. */
  lengths: Int32Array | null;
  targets: { torch: number; tfjs: number | null; peak: number | null };
}

interface Shape {
  words: string;
  batch?: number;
  time?: number;
  inputSize?: number;
  hiddenSize: number;
  numLayers?: number;
  bidirectional?: boolean;
  fsddLengths?: boolean;
  /** By cell; elsewhere never slower than torch will do. */
  torch?: Record<RecurrentCell, number>;
  tfjs?: number;
}

const SHAPES: readonly Shape[] = [
  { words: '128 units', hiddenSize: 128, torch: { rnn: 3, lstm: 2.2, gru: 2.8 }, tfjs: 20 },
  { words: '64 units', hiddenSize: 64 },
  { words: '256 units', hiddenSize: 256 },
  { words: '128 units, 2 layers, both directions', hiddenSize: 128, numLayers: 2, bidirectional: true },
  { words: '256 units, batch 32 x 300 x 80', hiddenSize: 256, batch: 32, time: 300, inputSize: 80 },
  { words: '128 units, FSDD lengths', hiddenSize: 128, fsddLengths: true },
];

/** Share of the machine's FMA peak to be reached from so many units on. */
const PEAK = { share: 0.75, fromUnits: 128 };

/** All cases; what a shape does not say is a batch of 64 clips of 100 frames of 40 values, 10 classes. */
export const TRAIN_CASES: readonly { name: string; make: () => Promise<TrainCase> }[] = SHAPES.flatMap((shape) =>
  RECURRENT_CELLS.map((cell) => {
    const name = `${CELL_NAMES[cell]}, ${shape.words}`;
    return { name, make: () => makeCase(name, cell, shape) };
  }),
);

async function makeCase(name: string, cell: RecurrentCell, shape: Shape): Promise<TrainCase> {
  const { batch = 64, inputSize = 40, hiddenSize, numLayers = 1, bidirectional = false } = shape;
  const lengths = shape.fsddLengths ? await drawLengths(batch) : null;
  return {
    name,
    network: { cell, inputSize, hiddenSize, numLayers, bidirectional, classes: 10 },
    batch,
    time: lengths ? Math.max(...lengths) : (shape.time ?? 100),
    lengths,
    targets: {
      torch: shape.torch?.[cell] ?? 1,
      tfjs: shape.tfjs ?? null,
      peak: hiddenSize >= PEAK.fromUnits ? PEAK.share : null,
    },
  };
}

/** Frames of FSDD clips drawn with seed 0, one every 10 ms. */
async function drawLengths(count: number): Promise<Int32Array> {
  const { sampleRate, clips } = await recordings();
  const random = new Random(0, 'lengths');
  return Int32Array.from({ length: count }, () => 1 + Math.floor(random.pick(clips).length / (sampleRate / 100)));
}

let read: ReturnType<typeof fsdd> | null = null;
const recordings = () => (read ??= fsdd());
