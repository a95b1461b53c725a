import { BLOCKS, type Cell, type RecurrentCell } from '#shared/domain/model-spec.ts';
import type {
  GradientCurve,
  ProbeGradients,
  ProbeHead,
  ProbePlace,
  ProbesView,
} from '#shared/domain/training-probe.ts';
import { viewOf, type MadeComparison } from './comparisons.ts';

const FRAMES = 60;
const HEAD: ProbeHead = { version: 1, clips: 16, frames: FRAMES, step: 1 };
/** What is left of a gradient a frame further back, at first and when it has been trained. */
const KEPT: Record<RecurrentCell, readonly [number, number]> = {
  rnn: [0.6, 0.8],
  lstm: [0.7, 0.97],
  gru: [0.68, 0.96],
};

const isRecurrent = (cell: Cell): cell is RecurrentCell => cell !== 'dnn';

function runsOf(made: MadeComparison, seed: number) {
  return viewOf(made).runs.flatMap(({ id, cell, seed: own, state, epochs }) =>
    own === seed && isRecurrent(cell) && state !== 'waiting' ? [{ run: id, cell, epochs: epochs.length }] : [],
  );
}

/** What was seen of made networks: as the textbook has it. */
export function madeProbes(made: MadeComparison, seed: number, looked: boolean): ProbesView {
  return viewOf(made)
    .runs.filter((run) => run.seed === seed)
    .map(({ id: run, cell, epochs, state }) => {
      if (!looked || !isRecurrent(cell) || state === 'waiting') return { run, cell, head: null, epochs: [] };
      const seen = Array.from({ length: epochs.length + 1 }, (_, epoch) => epoch);
      return { run, cell, head: HEAD, epochs: seen.map((epoch) => ({ epoch, places: placesOf(made, cell, epoch) })) };
    });
}

export function madeGradients(made: MadeComparison, seed: number, epoch: number): ProbeGradients {
  return runsOf(made, seed).map(({ run, cell, epochs }) => {
    const own = Math.min(epoch, epochs);
    return {
      run,
      cell,
      epoch: own,
      head: HEAD,
      places: placesOf(made, cell, own).map(({ layer, reverse, hidden, cell: memory }) => ({
        layer,
        reverse,
        hidden,
        cell: memory,
      })),
    };
  });
}

function placesOf({ spec }: MadeComparison, cell: RecurrentCell, epoch: number): ProbePlace[] {
  const { numLayers, bidirectional } = spec.model;
  const [first, last] = KEPT[cell];
  const kept = last + (first - last) * Math.exp(-epoch / 4);
  return Array.from({ length: numLayers }, (_, layer) =>
    (bidirectional ? [false, true] : [false]).map((reverse) => ({
      ...{ layer, reverse },
      hidden: curve(kept, 0.02, 0),
      cell: cell === 'lstm' ? curve(Math.min(0.99, kept + 0.01), 0.03, 1) : null,
      radii: BLOCKS[cell].map((block, index) => ({ block, radius: 0.58 + 0.06 * index + (0.5 * epoch) / (epoch + 6) })),
    })),
  ).flat();
}

/** @param from frames back at which it begins */
function curve(kept: number, start: number, from: number): GradientCurve {
  const by = (of: (norm: number) => number) =>
    Array.from({ length: FRAMES }, (_, distance) => (distance < from ? null : of(kept ** (distance - from))));
  return {
    reached: Array.from({ length: FRAMES }, (_, distance) => (distance < from ? 0 : HEAD.clips)),
    mean: by((norm) => start * norm),
    low: by((norm) => 0.6 * start * norm),
    high: by((norm) => 1.7 * start * norm),
    left: by((norm) => norm),
  };
}
