import type { MemoryRun } from '#shared/domain/memory.ts';
import { MEMORY_TASK_WORDS } from '#shared/domain/memory.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { csvOf } from '../../../parts/figure/csv.ts';
import type { Figure } from '../../../parts/figure/svg.ts';
import { levelFigure } from '../../../parts/level-chart/figure.ts';
import { memoryChartData } from './memory-chart.tsx';
import { basisWords, findings } from './words.ts';

/** An experiment as a picture, with what it found and what that rests on. */
export function memoryFigure(run: MemoryRun): Figure {
  return levelFigure(memoryChartData(run), {
    title: `${MEMORY_TASK_WORDS[run.settings.task].name}: right answers by distance`,
    notes: [
      ...findings(run),
      basisWords(run),
      ...(run.intervalMethod ? [`95 % intervals: ${run.intervalMethod}.`] : []),
    ],
    legend: run.settings.cells.map((cell) => ({ cell, name: CELL_NAMES[cell] })),
  });
}

/** A row a distance, cell and seed. */
export function memoryCsv({ settings, points, testSequences }: MemoryRun): string {
  return csvOf(
    ['task', 'distance', 'cell', 'seed', 'right', 'mean_right', 'low', 'high', 'test_sequences', 'steps', 'diverged'],
    points.flatMap(({ distance, cell, accuracy, interval: [low, high], seeds }) =>
      seeds.map((one) => [
        ...[settings.task, distance, cell, one.seed, one.accuracy, accuracy, low, high, testSequences, one.steps],
        one.diverged ? 1 : 0,
      ]),
    ),
  );
}
