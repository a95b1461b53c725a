import type { MemoryRun } from '#shared/domain/memory.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { count, percent } from '../../../parts/format.ts';
import { LevelChart } from '../../../parts/level-chart/level-chart.tsx';
import type { LevelData } from '../../../parts/level-chart/layout.ts';
import { accuracy } from '../../../parts/results/numbers.ts';
import classes from './memory.module.css';

const HEIGHT = 280;

/** Accuracy against distance, a curve a cell. What it shows also stands in MemoryTable. */
export function MemoryChart({ run }: { run: MemoryRun }) {
  const n = count(run.testSequences * run.settings.seeds.length);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        Right answers (%) by distance from cue to answer; n = {n} at each point
      </figcaption>
      <LevelChart
        data={memoryChartData(run)}
        label="Accuracy by distance, a curve a cell; as numbers under Table"
        height={HEIGHT}
      />
    </figure>
  );
}

/** An experiment as a chart: right answers by distance, a curve a cell; as far as it has come. */
export function memoryChartData({ settings, points, classes: answers }: MemoryRun): LevelData {
  const { cells, distances } = settings;
  return {
    slots: distances.map((distance) => ({ at: distance, words: `${distance} frames`, tick: String(distance) })),
    ...{ scale: 'log', axis: 'Distance (frames, logarithmic axis)' },
    value: {
      ...{ title: 'Right answers (%)', domain: [0, 1], amount: false, words: accuracy },
      tick: (share) => String(Math.round(share * 100)),
    },
    series: cells.map((cell) => ({
      ...{ id: cell, name: CELL_NAMES[cell] },
      points: points
        .filter((point) => point.cell === cell)
        .map(({ distance, accuracy: value, interval }) => ({
          slot: distances.indexOf(distance),
          cell,
          value,
          interval,
        })),
    })),
    reference: { value: 1 / answers, words: `chance ${percent(1 / answers)}` },
  };
}
