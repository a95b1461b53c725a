import { FACTORS } from '#shared/domain/factors.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import type { SweepLevel, SweepView } from '#shared/domain/sweep.ts';
import type { LegendEntry } from '../../../parts/level-chart/figure.ts';
import { amountDomain, type LevelData, type LevelSeries, type Slot } from '../../../parts/level-chart/layout.ts';
import { whiskerDomain } from '../../../parts/results/whisker.tsx';
import { hasEnded, STATE_WORDS } from '../../compare/words.ts';
import type { Quantity } from '../quantities.ts';

type Asked = Pick<SweepView, 'spec' | 'levels' | 'state'>;

/** What becomes of a level, in a word; of those that a stopped ablation did not come to, that. */
export const levelState = ({ state }: SweepLevel, sweep: Pick<SweepView, 'state'>): string =>
  state === 'waiting' && hasEnded(sweep.state) ? 'Not begun' : STATE_WORDS[state];

/** Whether the question is how cells differ, so that those stand along the axis and levels beside each other. */
export const cellsAlong = ({ spec }: Asked): boolean => spec.factor === 'memory';

/** An ablation as a chart: a quantity by level, a curve a cell; as far as it has come. */
export function chartData(sweep: Asked, quantity: Quantity): LevelData {
  const { name, unit, scale } = FACTORS[sweep.spec.factor];
  const along = cellsAlong(sweep);
  const rows = sweep.levels.flatMap(({ summary }) => summary);
  const ends = rows.map((row): [number, number] =>
    quantity.id === 'accuracy' ? row.interval : [quantity.value(row), quantity.value(row)],
  );
  const how = scale === 'log' ? 'logarithmic axis' : null;
  const details = [unit, how].filter((words) => words !== null).join(', ');
  return {
    slots: along ? sweep.spec.base.cells.map(slotOfCell) : sweep.levels.map((level) => slotOfLevel(level, sweep)),
    scale,
    axis: along ? 'Network' : details ? `${name} (${details})` : name,
    value: {
      title: quantity.title,
      domain: quantity.share ? whiskerDomain(ends) : amountDomain(ends.map(([, high]) => high)),
      amount: !quantity.share,
      ...{ tick: quantity.tick, words: quantity.words },
    },
    series: along ? byLevel(sweep, quantity) : byCell(sweep, quantity),
  };
}

const slotOfCell = (cell: Cell): Slot => ({ at: null, words: CELL_NAMES[cell] });

const slotOfLevel = (level: SweepLevel, sweep: Asked): Slot => {
  const { value, words, state } = level;
  return {
    at: typeof value === 'number' ? value : null,
    words,
    ...(typeof value === 'number' && { tick: String(value) }),
    note: state === 'done' ? undefined : levelState(level, sweep).toLowerCase(),
  };
};

const pointOf = (slot: number, row: SweepLevel['summary'][number], quantity: Quantity) => ({
  ...{ slot, cell: row.cell, value: quantity.value(row) },
  interval: quantity.id === 'accuracy' ? row.interval : null,
});

const byCell = ({ spec, levels }: Asked, quantity: Quantity): LevelSeries[] =>
  spec.base.cells.map((cell) => ({
    ...{ id: cell, name: CELL_NAMES[cell] },
    points: levels.flatMap(({ summary }, slot) =>
      summary.filter((row) => row.cell === cell).map((row) => pointOf(slot, row, quantity)),
    ),
  }));

const byLevel = ({ spec, levels }: Asked, quantity: Quantity): LevelSeries[] =>
  levels.map(({ words, summary }, level) => ({
    ...{ id: words, name: words, hollow: level > 0 },
    points: summary.map((row) => pointOf(spec.base.cells.indexOf(row.cell), row, quantity)),
  }));

/** What the markers stand for. */
export function legendOf(sweep: Asked): LegendEntry[] {
  const [first] = sweep.spec.base.cells;
  return cellsAlong(sweep)
    ? sweep.levels.map(({ words }, level) => ({ name: words, cell: first, hollow: level > 0 }))
    : sweep.spec.base.cells.map((cell) => ({ name: CELL_NAMES[cell], cell }));
}
