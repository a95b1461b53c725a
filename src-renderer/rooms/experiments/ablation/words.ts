import type { SweepView } from '#shared/domain/sweep.ts';
import { csvOf } from '../../../parts/figure/csv.ts';
import { duration, plural } from '../../../parts/format.ts';
import { seedWords } from '../../../parts/results/numbers.ts';
import { describeFeatures, describeRecipe } from '../../compare/words.ts';

/** What every number of an ablation rests on. */
export function basisWords({ testClips, splitWords, spec, dataset }: SweepView): string {
  const clips = testClips === 0 ? 'the test part' : plural(testClips, 'test clip');
  return `Each point: ${clips} of ${dataset.name}, ${splitWords}, the same at every level; ${seedWords(spec.base.seeds)}.`;
}

/** The settings of which just one is changed. */
export function restWords({ spec: { base } }: Pick<SweepView, 'spec'>): string {
  const { hiddenSize, numLayers, bidirectional } = base.model;
  const size =
    base.match === 'parameters' ? `as many parameters each as ${hiddenSize} units have` : plural(hiddenSize, 'unit');
  return (
    `Settings, of which this one alone is changed: ${size}, ${plural(numLayers, 'layer')}` +
    `${bidirectional ? ', both directions' : ''}; ${describeFeatures(base.features)}; ` +
    `${plural(base.training.epochs, 'epoch')}, ${describeRecipe(base.training, true)}.`
  );
}

/** How the intervals of the chart came about, as its comparisons say. */
export const intervalWords = ({ levels }: SweepView): string | null =>
  levels.flatMap(({ summary }) => summary)[0]?.intervalMethod ?? null;

/** How far it has come and how long it has taken, and may take still. */
export function progressWords({ progress, secondsSpent, secondsLeft, state }: SweepView): string {
  return [
    `${progress.done} of ${plural(progress.total, 'epoch')}`,
    `${duration(secondsSpent)} so far`,
    state === 'running' && secondsLeft !== null ? `about ${duration(secondsLeft)} left` : null,
  ]
    .filter((words) => words !== null)
    .join(' · ');
}

/** Everything measured, a row a level and cell. */
export function sweepCsv({ spec, levels, splitWords, dataset }: SweepView): string {
  const head = [
    ...[
      'dataset',
      'split',
      'seeds',
      'factor',
      'level',
      'level_words',
      'comparison',
      'cell',
      'hidden_size',
      'parameters',
    ],
    ...['test_clips', 'accuracy', 'accuracy_low', 'accuracy_high', 'interval_method', 'seed_deviation', 'macro_f1'],
    ...['epoch_s', 'inference_p50_ms', 'inference_p95_ms', 'peak_memory_mib', 'best_epoch'],
  ];
  const rows = levels.flatMap(({ value, words, comparison, summary }) =>
    summary.map((row) => [
      ...[
        dataset.name,
        splitWords,
        spec.base.seeds.join(' '),
        spec.factor,
        value === null ? null : String(value),
        words,
      ],
      ...[comparison, row.cell, row.hiddenSize, row.parameters, row.testClips, row.accuracy, ...row.interval],
      ...[row.intervalMethod, row.seedDeviation, row.macroF1, row.epochSeconds],
      ...[row.inferenceMs.p50, row.inferenceMs.p95, row.peakMemoryMB, row.bestEpoch],
    ]),
  );
  return csvOf(head, rows);
}

/** A name as a file may have it. */
export const fileName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80);
