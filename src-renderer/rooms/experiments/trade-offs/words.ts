import type { TradeOff } from '#shared/domain/sweep.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { csvOf } from '../../../parts/figure/csv.ts';
import { plural } from '../../../parts/format.ts';
import { accuracy, interval } from '../../../parts/results/numbers.ts';
import { QUANTITIES } from '../quantities.ts';

/** "LSTM of 64 units, 2 layers, both directions". */
export function networkWords({ cell, hiddenSize, layers, bidirectional }: TradeOff): string {
  const more = [layers > 1 ? plural(layers, 'layer') : null, bidirectional ? 'both directions' : null];
  return [`${CELL_NAMES[cell]} of ${plural(hiddenSize, 'unit')}`, ...more].filter((words) => words !== null).join(', ');
}

/** The comparison it is of, and the level where that is of an ablation. */
export const placeWords = ({ name, level }: Pick<TradeOff, 'name' | 'level'>): string =>
  level === null || name.includes(level) ? name : `${name}, ${level}`;

/** All numbers of a network with what they rest on, a line each. */
export function numberWords(row: TradeOff): { name: string; words: string }[] {
  return [
    { name: 'Accuracy', words: `${accuracy(row.accuracy)} (${interval(row.interval)})` },
    ...QUANTITIES.filter(({ id }) => id !== 'accuracy').map((quantity) => ({
      name: quantity.name,
      words: quantity.words(quantity.value(row)),
    })),
    { name: 'n', words: `${plural(row.testClips, 'test clip')}, ${plural(row.runs, 'seed')}` },
    { name: 'Split', words: row.splitWords },
  ];
}

/** The same in one sentence, for those who do not see the plot. */
export const bubbleWords = (row: TradeOff): string =>
  `${networkWords(row)}, ${placeWords(row)}: ${numberWords(row)
    .map(({ name, words }) => `${name} ${words}`)
    .join(', ')}`;

/** Everything measured, a row a network. @param front those on it */
export function tradeOffsCsv(rows: readonly TradeOff[], dataset: string, front: ReadonlySet<TradeOff>): string {
  const head = [
    ...['dataset', 'split', 'comparison', 'name', 'ablation', 'level', 'cell', 'hidden_size', 'layers'],
    ...['bidirectional', 'parameters', 'seeds', 'test_clips', 'accuracy', 'accuracy_low', 'accuracy_high'],
    ...[
      'interval_method',
      'macro_f1',
      'epoch_s',
      'inference_p50_ms',
      'inference_p95_ms',
      'peak_memory_mib',
      'on_front',
    ],
  ];
  return csvOf(
    head,
    rows.map((row) => [
      ...[
        dataset,
        row.splitWords,
        row.comparison,
        row.name,
        row.sweep,
        row.level,
        row.cell,
        row.hiddenSize,
        row.layers,
      ],
      ...[String(row.bidirectional), row.parameters, row.runs, row.testClips, row.accuracy, ...row.interval],
      ...[row.intervalMethod, row.macroF1, row.epochSeconds, row.inferenceMs.p50, row.inferenceMs.p95],
      ...[row.peakMemoryMB, String(front.has(row))],
    ]),
  );
}

/** "21 networks of 5 comparisons". */
export const amountWords = (rows: readonly TradeOff[]): string =>
  `${plural(rows.length, 'network')} of ${plural(new Set(rows.map(({ comparison }) => comparison)).size, 'comparison')}`;
