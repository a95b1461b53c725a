import { CELLS, type Cell } from '#shared/domain/model-spec.ts';
import type { EpochRecord, RunView } from '#shared/domain/run.ts';
import { smooth, thinIndices } from './smooth.ts';

export const METRICS = ['loss', 'accuracy'] as const;
export type Metric = (typeof METRICS)[number];
export const CURVE_PARTS = ['train', 'validation'] as const;
export type CurvePart = (typeof CURVE_PARTS)[number];

type CurveField = 'trainLoss' | 'trainAccuracy' | 'validationLoss' | 'validationAccuracy';
const FIELD: Record<Metric, Record<CurvePart, CurveField>> = {
  loss: { train: 'trainLoss', validation: 'validationLoss' },
  accuracy: { train: 'trainAccuracy', validation: 'validationAccuracy' },
};

/** `main`: one run, or the mean over seeds. `seed`: one of several. `raw`: what a smoothed main line was made from. */
export type LineKind = 'main' | 'seed' | 'raw';

export interface CurveLine {
  /** Column of the rows it draws. */
  key: string;
  cell: Cell;
  part: CurvePart;
  kind: LineKind;
  /** The run it belongs to; null for a mean over seeds. */
  run: number | null;
}

export interface BestMark {
  cell: Cell;
  run: number;
  epoch: number;
  value: number;
}

export interface CurveData {
  lines: CurveLine[];
  /** One per epoch: `epoch`, and a value (or null) per line. */
  rows: ({ epoch: number } & Record<string, number | null>)[];
  best: BestMark[];
}

/** Points of all lines together that a chart redraws without a hitch. */
const POINT_BUDGET = 6000;
const MOST_EPOCHS = 500;

export function curveValues(epochs: readonly EpochRecord[], metric: Metric, part: CurvePart): (number | null)[] {
  return epochs.map((record) => record[FIELD[metric][part]]);
}

/** Mean by epoch over curves, as far as all of them reach: a mean over fewer seeds would jump where one ends. */
export function meanCurve(curves: readonly (readonly (number | null)[])[]): (number | null)[] {
  const length = Math.min(...curves.map((curve) => curve.length));
  if (!Number.isFinite(length)) return [];
  return Array.from({ length }, (_, epoch) => {
    const values = curves.map((curve) => curve[epoch]).filter((value) => value !== null);
    return values.length === curves.length ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
  });
}

/** Epoch with the best validation of a run (else of training): lowest loss, the first of equals; null before the first. */
export function bestEpoch(run: Pick<RunView, 'epochs' | 'result'>): number | null {
  if (run.result) return run.result.bestEpoch;
  let best: EpochRecord | null = null;
  const loss = (record: EpochRecord) => record.validationLoss ?? record.trainLoss;
  for (const record of run.epochs) if (best === null || loss(record) < loss(best)) best = record;
  return best?.epoch ?? null;
}

/**
 * What a chart of one metric draws: a line per cell and part; with several seeds thin lines and their mean; when smoothed,
 * the raw line behind it. At most 500 epochs are kept, the best ones among them.
 */
export function curveData(
  runs: readonly RunView[],
  metric: Metric,
  parts: readonly CurvePart[],
  smoothing: number,
): CurveData {
  const columns: { line: CurveLine; values: (number | null)[] }[] = [];
  const add = (line: Omit<CurveLine, 'key'>, values: (number | null)[]) =>
    columns.push({ line: { ...line, key: `${line.cell}-${line.part}-${line.kind}-${line.run ?? 'mean'}` }, values });

  for (const cell of CELLS)
    for (const part of parts) {
      const begun = runs.filter((run) => run.cell === cell && run.epochs.length > 0);
      if (begun.length === 0) continue;
      const curves = begun.map((run) => curveValues(run.epochs, metric, part));
      const single = begun.length === 1 ? begun[0].id : null;
      if (single === null) begun.forEach((run, i) => add({ cell, part, kind: 'seed', run: run.id }, curves[i]));
      const main = meanCurve(curves);
      if (smoothing > 0 && single !== null) add({ cell, part, kind: 'raw', run: single }, main);
      add({ cell, part, kind: 'main', run: single }, smooth(main, smoothing));
    }

  const best = runs.flatMap((run) => {
    const epoch = bestEpoch(run);
    const part = parts.includes('validation') ? 'validation' : 'train';
    const column = columns.find(
      ({ line }) => line.cell === run.cell && line.part === part && line.kind !== 'raw' && line.run === run.id,
    );
    const value = epoch === null ? null : column?.values[epoch - 1];
    return epoch === null || value === null || value === undefined
      ? []
      : [{ cell: run.cell, run: run.id, epoch, value }];
  });
  const drawn = columns.filter(({ values }) => values.some((value) => value !== null));
  const length = Math.max(0, ...drawn.map(({ values }) => values.length));
  const limit = Math.min(MOST_EPOCHS, Math.max(60, Math.floor(POINT_BUDGET / Math.max(1, drawn.length))));
  const keep = best.map((mark) => mark.epoch - 1);
  const rows = thinIndices(length, limit, keep).map((index) => ({
    epoch: index + 1,
    ...Object.fromEntries(drawn.map(({ line, values }) => [line.key, values[index] ?? null])),
  }));
  return { lines: drawn.map(({ line }) => line), rows: rows as CurveData['rows'], best };
}
