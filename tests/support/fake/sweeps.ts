import type { CellSummary } from '#shared/domain/comparison.ts';
import { FACTORS, type LevelValue } from '#shared/domain/factors.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import { describeSplit } from '#shared/domain/split.ts';
import type { SweepFinding, SweepSpec, SweepState, SweepSummary, SweepView } from '#shared/domain/sweep.ts';
import { defaultSpec, viewOf, type MadeComparison } from './comparisons.ts';
import type { FakeState } from './state.ts';

/** A made ablation: its levels are made comparisons. */
export interface MadeSweep {
  id: number;
  name: string;
  createdAt: string;
  spec: SweepSpec;
  state: SweepState;
  /** By level; null: not begun. */
  comparisons: (number | null)[];
  /** What went wrong, by level. */
  errors: Record<number, string>;
}

/** What a click starts: few epochs, the factor's own levels and cells. */
export function defaultSweep(state: FakeState, dataset: number, factor: SweepSpec['factor']): SweepSpec {
  const base = defaultSpec(state.dataset(dataset));
  return {
    ...{ version: 1, kind: 'ablation', factor },
    levels: [...FACTORS[factor].levels(base)],
    base: { ...base, cells: [...FACTORS[factor].cells], training: { ...base.training, epochs: 8 } },
  };
}

export const nameOf = ({ factor, base }: SweepSpec): string =>
  `${FACTORS[factor].name}: ${base.cells.map((cell) => CELL_NAMES[cell]).join(', ')}`;

/** Begins a level: a comparison whose networks are the better the later it comes. */
export function beginLevel(state: FakeState, sweep: MadeSweep, index: number): MadeComparison {
  const { factor, levels, base } = sweep.spec;
  const { apply, words } = FACTORS[factor];
  const level = words(levels[index]);
  const made: MadeComparison = {
    id: Math.max(0, ...state.comparisons.map(({ id }) => id)) + 1,
    name: `${sweep.name}, ${level}`,
    ...{ tags: [], pinned: false, createdAt: sweep.createdAt, state: 'training', error: null, preparing: null },
    spec: apply(base, levels[index]),
    dataset: state.dataset(base.dataset),
    epochsDone: 0,
    sweep: { id: sweep.id, name: sweep.name, level },
    handicap: 0.3 * 0.35 ** index,
  };
  state.comparisons.push(made);
  sweep.comparisons[index] = made.id;
  return made;
}

export const epochsOf = ({ base }: SweepSpec) => base.cells.length * base.seeds.length * base.training.epochs;

export function summaryOf(state: FakeState, sweep: MadeSweep): SweepSummary {
  const view = sweepView(state, sweep);
  return {
    ...{ id: sweep.id, name: sweep.name, factor: sweep.spec.factor, createdAt: sweep.createdAt, state: sweep.state },
    ...{ dataset: view.dataset.id, datasetName: view.dataset.name },
    ...{ cells: sweep.spec.base.cells, seeds: sweep.spec.base.seeds },
    ...{ done: view.levels.filter((level) => level.state === 'done').length, levels: view.levels.length },
  };
}

export function sweepView(state: FakeState, sweep: MadeSweep): SweepView {
  const { spec } = sweep;
  const dataset = state.dataset(spec.base.dataset);
  const views = sweep.comparisons.map((id) => (id === null ? null : viewOf(state.comparison(id))));
  const each = epochsOf(spec);
  const done = sweep.comparisons.reduce<number>(
    (sum, id) => sum + (id === null ? 0 : state.comparison(id).epochsDone),
    0,
  );
  return {
    ...{ id: sweep.id, name: sweep.name, createdAt: sweep.createdAt, state: sweep.state, spec },
    error: sweep.state === 'failed' ? 'Not one level could be trained to its end.' : null,
    dataset: { id: dataset.summary.id, name: dataset.summary.name },
    splitWords: describeSplit(spec.base.split),
    testClips: views.find((view) => view)?.split.test ?? 0,
    levels: spec.levels.map((value, index) => ({
      ...{ value, words: FACTORS[spec.factor].words(value), comparison: sweep.comparisons[index] },
      state: sweep.errors[index] ? 'failed' : (views[index]?.state ?? 'waiting'),
      error: sweep.errors[index] ?? null,
      summary: views[index]?.summary ?? [],
    })),
    findings: spec.base.cells.flatMap(
      (cell) =>
        findingOf(
          cell,
          spec,
          views.map((view) => view?.summary.find((row) => row.cell === cell)),
        ) ?? [],
    ),
    progress: { done, total: each * spec.levels.length },
    secondsLeft: sweep.state === 'running' ? (each * spec.levels.length - done) * 2.2 : null,
    secondsSpent: done * 2.2,
  };
}

/** What more than three per cent apart are is called significant here. */
function findingOf(cell: Cell, spec: SweepSpec, rows: (CellSummary | undefined)[]): SweepFinding | null {
  const tested = rows.flatMap((row, level) => (row ? [{ level, row }] : []));
  if (tested.length < 2) return null;
  const best = tested.reduce((a, b) => (b.row.accuracy > a.row.accuracy ? b : a));
  const others = tested.filter((one) => one !== best);
  const far = ({ row }: (typeof tested)[number]) => best.row.accuracy - row.accuracy > 0.03;
  const { words } = FACTORS[spec.factor];
  const worse = others.filter(far).map(({ level }) => ({ level, p: 0.0004, pHolm: 0.0016 }));
  const alike = others.filter((one) => !far(one)).map(({ level }) => ({ level, p: 0.31, pHolm: 0.62 }));
  const list = (levels: { level: number }[]) => levels.map(({ level }) => words(spec.levels[level])).join(', ');
  return {
    ...{ cell, best: best.level, worse, alike },
    words:
      `${CELL_NAMES[cell]} is best at ${words(spec.levels[best.level])} (${(best.row.accuracy * 100).toFixed(1)} % of ${best.row.testClips} test clips, ${best.row.runs} seeds)` +
      `${worse.length > 0 ? `; ${list(worse)} ${worse.length > 1 ? 'are' : 'is'} worse, and chance hardly explains it` : ''}` +
      `${alike.length > 0 ? `; ${list(alike)} cannot be told from it` : ''}.`,
  };
}

/** One that is done, and one of which a level failed. */
export function madeSweeps(state: FakeState): void {
  const add = (factor: SweepSpec['factor'], createdAt: string, failing: number | null) => {
    const spec = defaultSweep(state, state.datasets[0].summary.id, factor);
    const sweep: MadeSweep = {
      ...{ id: state.sweeps.length + 1, name: nameOf(spec), createdAt, spec, errors: {} },
      state: 'done',
      comparisons: spec.levels.map(() => null),
    };
    spec.levels.forEach((_: LevelValue, index) => {
      if (index === failing) sweep.errors[index] = 'The loss is no number any more in epoch 2 of RNN, seed 0.';
      else Object.assign(beginLevel(state, sweep, index), { state: 'done', epochsDone: epochsOf(spec) });
    });
    state.sweeps.push(sweep);
  };
  add('hiddenSize', '2026-11-21T09:00:00.000Z', null);
  add('truncation', '2026-11-22T09:00:00.000Z', 1);
}
