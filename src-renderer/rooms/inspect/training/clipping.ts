import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { EpochRecord, RunView } from '#shared/domain/run.ts';
import type { ClippingSpec } from '#shared/domain/training-spec.ts';
import { thinIndices } from '../../../parts/curves/smooth.ts';
import { percent, significant } from '../../../parts/format.ts';
import type { PlotData, PlotLine } from '../../../parts/line-plot/layout.ts';
import type { Numbers } from './numbers.ts';

/** Points of a line that a chart redraws without a hitch. */
const MOST_POINTS = 400;

const byEpoch = (epochs: number): PlotData['x'] => ({
  ...{ title: 'epoch', domain: [1, Math.max(2, epochs)] },
  words: (epoch) => `Epoch ${epoch}`,
});

function thinned({ epochs }: RunView): EpochRecord[] {
  return thinIndices(epochs.length, MOST_POINTS).map((index) => epochs[index]);
}

/** Norms of the whole gradient by epoch, before and (standing back) after clipping. @param epochs of the training */
export function normPlot(runs: readonly RunView[], clipping: ClippingSpec, epochs: number): PlotData {
  const known = (records: readonly EpochRecord[]) => records.some(({ gradientNorms }) => gradientNorms !== null);
  const lines = runs.flatMap((run): PlotLine[] => {
    const records = thinned(run);
    const name = CELL_NAMES[run.cell];
    const before: PlotLine = {
      ...{ id: `${run.id} before`, cell: run.cell, name: `${name}, before clipping` },
      points: records.map(({ epoch, gradientNorm, gradientNorms }) => ({
        ...{ x: epoch, y: gradientNorm, low: gradientNorms?.p10 ?? null, high: gradientNorms?.p90 ?? null },
      })),
    };
    const after: PlotLine = {
      ...{ id: `${run.id} after`, cell: run.cell, name: `${name}, after`, quiet: true },
      points: records.map(({ epoch, gradientNorms }) => ({ x: epoch, y: gradientNorms?.after ?? null })),
    };
    return clipping.kind !== 'none' && known(records) ? [after, before] : [before];
  });
  return {
    x: byEpoch(epochs),
    y: {
      title: 'norm over all weights: median of the steps, 10th to 90th percentile (log axis)',
      scale: 'log',
      words: significant,
    },
    lines,
    ...(clipping.kind === 'norm' && { references: [{ y: clipping.max, words: `clipped at ${clipping.max}` }] }),
  };
}

/** Share of the steps whose gradient was clipped, by epoch. */
export function clippedPlot(runs: readonly RunView[], epochs: number): PlotData {
  return {
    x: byEpoch(epochs),
    y: {
      ...{ title: 'steps that were clipped (%)', scale: 'linear', domain: [0, 1] },
      tick: (share) => String(Math.round(share * 100)),
      words: (share) => percent(share),
    },
    lines: runs.map((run) => ({
      ...{ id: String(run.id), cell: run.cell, name: CELL_NAMES[run.cell] },
      points: thinned(run).map(({ epoch, clippedShare }) => ({ x: epoch, y: clippedShare })),
    })),
  };
}

export function clippingNumbers(runs: readonly RunView[]): Numbers {
  return {
    head: ['Cell', 'Epoch', 'Clipped (share of steps)', 'Median before', '10th percentile', '90th percentile', 'Largest', 'Median after'], // prettier-ignore
    rows: runs.flatMap(({ cell, epochs }) =>
      epochs.map(({ epoch, clippedShare, gradientNorm, gradientNorms }) => [
        ...[CELL_NAMES[cell], epoch, clippedShare, gradientNorm],
        ...[gradientNorms?.p10 ?? null, gradientNorms?.p90 ?? null],
        ...[gradientNorms?.max ?? null, gradientNorms?.after ?? null],
      ]),
    ),
  };
}

/** What clipping did in an epoch, a sentence a network. @param epoch null: the last one */
export function clippingFindings(runs: readonly RunView[], epoch: number | null): string[] {
  return runs.flatMap(({ cell, epochs }) => {
    const record = epochs.find((one) => one.epoch === epoch) ?? epochs.at(-1);
    if (!record) return [];
    const { clippedShare, gradientNorm, gradientNorms } = record;
    const [before, after] = [significant(gradientNorm), gradientNorms && significant(gradientNorms.after)];
    const often = clippedShare === 0 ? 'not clipped' : `clipped in ${percent(clippedShare, 2)} of the steps`;
    const norm = after === null || after === before ? before : `${before} before, ${after} after`;
    return [`${CELL_NAMES[cell]}, epoch ${record.epoch}: ${often}; median norm ${norm}.`];
  });
}
