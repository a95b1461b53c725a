import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import type { EpochRecord } from '#shared/domain/run.ts';
import { describeSchedule } from '#shared/domain/schedule-spec.ts';
import type { TrainingSpec } from '#shared/domain/training-spec.ts';
import { drawCurves, type Curve } from '../figures/curves.ts';
import { mean, type CellFacts, type Facts } from '../facts.ts';
import type { Block, Section, Table } from '../model.ts';
import { count, duration, interval, list, milliseconds, name, number, percent, plural } from '../words.ts';
import { leakNote } from './data.ts';

/** How the networks were trained, and how they did on the test part. */
export function training(facts: Facts): Section {
  const { comparison } = facts.source;
  const blocks: Block[] = [{ kind: 'paragraph', text: procedure(facts) }, ...unfinished(facts), ...curves(facts)];
  if (facts.cells.length > 0)
    blocks.push(
      { kind: 'heading', text: 'Results on the test part' },
      results(facts),
      ...leakNote(facts),
      {
        kind: 'matrix',
        id: 'confusion',
        caption: `Confusion matrices${facts.seeds.length > 1 ? ', summed over the seeds' : ''}: rows truth, columns prediction, shade the share of the row; errors in red. ${facts.basis}.`,
        matrices: facts.cells.flatMap(({ matrix }) => (matrix ? [matrix] : [])),
      },
      classTable(facts),
    );
  if (comparison.labelsChanged > 0) blocks.push({ kind: 'note', text: labelNote(comparison.labelsChanged) });
  if (comparison.editsChanged > 0) blocks.push({ kind: 'note', text: editNote(comparison.editsChanged) });
  return { id: 'training', title: 'Training and evaluation', blocks };
}

/** That the figures are older than the labels. */
export const labelNote = (changed: number): string =>
  `${plural(changed, 'label')} ${changed === 1 ? 'has' : 'have'} been changed since the networks were tested; the figures stand for the labels as they were then.`;

/** That the figures are older than the edits. */
export const editNote = (changed: number): string =>
  `${plural(changed, 'clip')} ${changed === 1 ? 'has' : 'have'} been edited otherwise since the comparison began; the figures stand for the sound as it was then.`;

const OPTIMISERS: {
  [Name in TrainingSpec['optimiser']['name']]: (spec: Extract<TrainingSpec['optimiser'], { name: Name }>) => string;
} = {
  sgd: (o) => (o.momentum > 0 ? `SGD with ${o.nesterov ? 'Nesterov ' : ''}momentum ${o.momentum}` : 'plain SGD'),
  adam: (o) => `Adam (β₁ ${o.beta1}, β₂ ${o.beta2})`,
  adamw: (o) => `AdamW (β₁ ${o.beta1}, β₂ ${o.beta2}, weight decay ${o.weightDecay})`,
  rmsprop: (o) => `RMSprop (α ${o.alpha})`,
};

function procedure({ source: { comparison } }: Facts): string {
  const { training: spec, seeds } = comparison.spec;
  const optimiser = (OPTIMISERS[spec.optimiser.name] as (o: TrainingSpec['optimiser']) => string)(spec.optimiser);
  const clipping = {
    none: () => 'Gradients are not clipped.',
    norm: (max: number) => `Gradients are clipped to norm ${max}.`,
    value: (max: number) => `Gradient values are clipped to ±${max}.`,
  };
  const sentences = [
    `Cross-entropy${spec.labelSmoothing > 0 ? ` with label smoothing ${spec.labelSmoothing}` : ''} is minimised with ${optimiser}, learning rate ${number(spec.learningRate)} ${describeSchedule(spec.schedule, spec.warmup, comparison.split.validation > 0)}, in batches of ${plural(spec.batchSize, 'clip')}, for at most ${plural(spec.epochs, 'epoch')}.`,
    spec.clipping.kind === 'none' ? clipping.none() : clipping[spec.clipping.kind](spec.clipping.max),
    ...(spec.truncation === null
      ? []
      : [`Backpropagation through time is cut every ${plural(spec.truncation, 'frame')}.`]),
    comparison.split.validation > 0
      ? `The weights of the epoch with the best validation are kept and tested once${spec.patience === null ? '' : `; training stops after ${plural(spec.patience, 'epoch')} without a better one`}.`
      : 'There is no validation part; the weights after training are tested once.',
    `${seeds.length === 1 ? `The seed (${seeds[0]})` : `Each of the ${count(seeds.length)} seeds (${list(seeds.map(String))})`} sets initial weights, order of the clips and dropout.`,
    `Engine: ${comparison.backend}.`,
  ];
  return sentences.join(' ');
}

/** Runs the figures do not hold. */
function unfinished({ source: { comparison } }: Facts): Block[] {
  const missing = comparison.runs.filter((run) => run.result === null);
  const stopped = comparison.runs.filter((run) => run.result !== null && run.state === 'stopped');
  const notes: string[] = [];
  if (missing.length > 0 && missing.length < comparison.runs.length) {
    const told = missing.map(
      (run) => `${CELL_NAMES[run.cell]} seed ${run.seed} ${run.state}${run.error ? ` (${name(run.error)})` : ''}`,
    );
    notes.push(
      `${plural(missing.length, 'run')} of ${count(comparison.runs.length)} ${missing.length === 1 ? 'has' : 'have'} no result and ${missing.length === 1 ? 'is' : 'are'} not in the figures: ${list(told.slice(0, 6))}${told.length > 6 ? ' …' : ''}.`,
    );
  }
  if (stopped.length > 0)
    notes.push(
      `${plural(stopped.length, 'run')} ${stopped.length === 1 ? 'was' : 'were'} stopped by hand before the last epoch; the best weights until then were tested.`,
    );
  return notes.map((text) => ({ kind: 'note', text }));
}

type Pick = (epoch: EpochRecord) => number | null;

/** Mean and range over the runs, epoch by epoch, of those that got so far. */
function curve(
  cell: Cell,
  runs: readonly { epochs: EpochRecord[] }[],
  pick: Pick,
  faint: boolean,
  best: number | null,
): Curve {
  const last = Math.max(0, ...runs.map((run) => run.epochs.length));
  const pointsOf = Array.from({ length: last }, (_, index) => {
    const values = runs.flatMap((run) => (run.epochs[index] ? (pick(run.epochs[index]) ?? []) : []));
    return values.length === 0 || values.some((value) => !Number.isFinite(value))
      ? []
      : [{ epoch: index + 1, mean: mean(values), low: Math.min(...values), high: Math.max(...values) }];
  });
  return { cell, faint, points: pointsOf.flat(), best };
}

function curves({ source: { comparison }, seeds, splitWords }: Facts): Block[] {
  const groups = comparison.spec.cells
    .map((cell) => ({ cell, runs: comparison.runs.filter((run) => run.cell === cell && run.epochs.length > 0) }))
    .filter(({ runs }) => runs.length > 0);
  if (groups.length === 0) return [];
  const validated = groups.some(({ runs }) =>
    runs.some((run) => run.epochs.some((epoch) => epoch.validationLoss !== null)),
  );
  const panel = (title: string, yTitle: string, ceiling: number | null, train: Pick, validation: Pick) =>
    drawCurves({
      title,
      yTitle,
      ceiling,
      format: ceiling === null ? (value) => String(Number(value.toPrecision(3))) : (value) => (100 * value).toFixed(0),
      curves: groups.flatMap(({ cell, runs }) => {
        const bests = runs.flatMap((run) => run.result?.bestEpoch ?? []);
        const best = bests.length > 0 ? mean(bests) : null;
        return validated
          ? [curve(cell, runs, train, true, null), curve(cell, runs, validation, false, best)]
          : [curve(cell, runs, train, false, best)];
      }),
    });
  return [
    {
      kind: 'figure',
      id: 'curves',
      caption: `Learning curves. ${validated ? 'Thick: validation; thin: training.' : 'Training part.'} The larger marker is the ${comparison.spec.seeds.length > 1 ? 'mean ' : ''}epoch whose weights were kept.${seeds.length > 1 ? ' Lines are means over the seeds that got so far, bands their range.' : ''} Split: ${splitWords}; n = ${plural(comparison.split.train, 'clip')} for training${validated ? ` and ${count(comparison.split.validation)} for validation` : ''}.`,
      drawings: [
        panel(
          'Loss',
          'Cross-entropy',
          null,
          (e) => e.trainLoss,
          (e) => e.validationLoss,
        ),
        panel(
          'Accuracy',
          'Accuracy, %',
          1,
          (e) => e.trainAccuracy,
          (e) => e.validationAccuracy,
        ),
      ],
    },
  ];
}

function results(facts: Facts): Table {
  const several = facts.seeds.length > 1;
  return {
    kind: 'table',
    caption: `Results, ${facts.basis}; 95 % intervals: ${[...new Set(facts.cells.map(({ summary }) => summary.intervalMethod))].join('; ')}. Inference is one clip at a time, features not counted`,
    columns: [
      { name: 'Cell' },
      { name: 'Accuracy', numeric: true },
      { name: '95 % interval', numeric: true },
      ...(several ? [{ name: 'SD of seeds', numeric: true }] : []),
      { name: 'Macro F1', numeric: true },
      { name: 'Parameters', numeric: true },
      { name: 'Best epoch', numeric: true },
      { name: 'Time per epoch', numeric: true },
      { name: 'Inference p50 / p95', numeric: true },
      { name: 'Peak memory', numeric: true },
    ],
    rowCells: facts.cells.map(({ cell }) => cell),
    rows: facts.cells.map(({ name: cellName, summary, runs }) => [
      runs.length === facts.seeds.length ? cellName : `${cellName} (${plural(runs.length, 'seed')})`,
      percent(summary.accuracy),
      interval(summary.interval),
      ...(several
        ? [summary.seedDeviation === null ? '–' : `${(100 * summary.seedDeviation).toFixed(1)}\u00a0pp`]
        : []),
      percent(summary.macroF1),
      count(summary.parameters),
      String(Number(summary.bestEpoch.toFixed(1))),
      duration(summary.epochSeconds),
      `${number(summary.inferenceMs.p50)} / ${milliseconds(summary.inferenceMs.p95)}`,
      `${count(summary.peakMemoryMB)}\u00a0MiB`,
    ]),
  };
}

function classTable({ cells, source: { comparison }, basis }: Facts): Table {
  const difficulty = (index: number) => mean(cells.map((entry: CellFacts) => entry.classF1[index]));
  const order = comparison.classes.map((_, index) => index).sort((a, b) => difficulty(a) - difficulty(b) || a - b);
  const total = (index: number) => cells[0].matrix?.counts[index]?.reduce((sum, value) => sum + value, 0) ?? 0;
  return {
    kind: 'table',
    caption: `F1 of each class, the hardest first; ${basis}`,
    columns: [
      { name: 'Class' },
      { name: 'Test clips', numeric: true },
      ...cells.map((entry) => ({ name: entry.name, numeric: true })),
    ],
    rows: order.map((index) => [
      name(comparison.classes[index]),
      count(total(index) / Math.max(1, cells[0].runs.length)),
      ...cells.map((entry) => percent(entry.classF1[index])),
    ]),
    more: 'the HTML report',
  };
}
