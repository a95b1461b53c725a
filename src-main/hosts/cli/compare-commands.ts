import type { Command } from 'commander';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { Services } from '#main/router/services.ts';
import { DATASET, datasetOf } from './dataset-argument.ts';
import { type EngineOptions, withEngineOptions } from './engine-options.ts';
import { whole } from './options.ts';
import { describeComparison, follow, ProgressLine } from './progress.ts';
import { type Globals, print, withHouse } from './run.ts';
import { type SpecOptions, specReader, withSpecOptions } from './spec-options.ts';
import { duration, percent, table } from './table.ts';

interface CompareOptions extends Globals, SpecOptions, EngineOptions {
  report: boolean;
}

/** Comparisons: starting them, going on with them, and the ones there are. */
export function compareCommands(program: Command): void {
  const compare = program
    .command('compare')
    .description('train RNN, LSTM and GRU on one dataset and compare them')
    .argument('[dataset]', DATASET);
  withSpecOptions(compare, 'rnn,lstm,gru').option('--no-report', 'write no report');
  withEngineOptions(compare).action(async (name: string | undefined, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<CompareOptions>();
    const read = specReader(options);
    await withHouse(options, async ({ services }, signal) => {
      await services.engine.insist(options);
      const dataset = await datasetOf(services, name, signal);
      const { comparison } = services.comparisons.start(read(services.comparisons.defaults(dataset)));
      await conclude(services, comparison, options, signal);
    });
  });

  const resume = program
    .command('resume')
    .description('go on with a comparison that was paused, stopped or cut off')
    .argument('<comparison>', 'its number', whole('COMPARISON', 1))
    .option('--no-report', 'write no report');
  withEngineOptions(resume).action(async (comparison: number, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<Globals & EngineOptions & { report: boolean }>();
    await withHouse(options, async ({ services }, signal) => {
      await services.engine.insist(options);
      if (services.comparisons.view(comparison).state !== 'done') services.comparisons.resume(comparison);
      await conclude(services, comparison, options, signal);
    });
  });

  program
    .command('comparisons')
    .description('the comparisons of the lab')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const all = await withHouse(options, ({ services }) => Promise.resolve(services.comparisons.list()));
      print(options, all, () =>
        all.length === 0
          ? 'No comparisons yet. Make one with: hark compare'
          : table(
              ['id', 'name', 'dataset', 'split', 'state', 'test accuracy'],
              all.map(({ id, name, datasetName, splitWords, state, accuracy }) => [
                ...[id, name, datasetName, splitWords, state],
                accuracy.map(({ cell, mean }) => `${CELL_NAMES[cell]} ${percent(mean)}`).join(', '),
              ]),
            ),
      );
    });

  program
    .command('show')
    .description('a comparison’s results')
    .argument('<comparison>', 'its number', whole('COMPARISON', 1))
    .action(async (comparison: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const view = await withHouse(options, ({ services }) => Promise.resolve(services.comparisons.view(comparison)));
      print(options, resultOf(view), () => comparisonWords(view));
    });
}

/** Shows a comparison until it has ended, then its results and where its report is. */
async function conclude(
  services: Services,
  comparison: number,
  options: Globals & { report: boolean },
  signal: AbortSignal,
): Promise<void> {
  const line = new ProgressLine();
  console.error(
    `Comparison ${comparison} is under way; Ctrl+C interrupts it, hark resume ${comparison} goes on with it.`,
  );
  for await (const view of services.comparisons.watch(comparison, signal)) line.show(describeComparison(view));
  line.end();
  if (signal.aborted)
    throw new HarkError('cancelled', `Interrupted. Go on with: hark resume ${comparison}`, {
      where: `comparison ${comparison}`,
    });
  const view = services.comparisons.view(comparison);
  if (view.state === 'failed')
    throw new HarkError(
      'internal',
      view.error ?? view.runs.find(({ error }) => error)?.error ?? 'The comparison failed.',
      {
        where: `comparison ${comparison}`,
        remedy: `Go on with: hark resume ${comparison}`,
      },
    );
  const files = options.report
    ? await follow(services.jobs, services.exportReport(comparison, ['html'], null), signal)
    : [];
  print(options, resultOf(view), () =>
    [comparisonWords(view), ...files.map((file) => `Report: ${file.path}`)].join('\n'),
  );
}

/** What `compare --json` prints. */
function resultOf(view: ComparisonView) {
  return {
    comparison: view.id,
    state: view.state,
    backend: view.backend,
    runs: view.runs.map(({ id, cell, seed: ofRun, state, parameters, result }) => ({
      ...{ run: id, cell, seed: ofRun, state, parameters },
      ...result,
    })),
    tests: view.tests,
  };
}

function comparisonWords(view: ComparisonView): string {
  const rows = view.summary.map((cell) => [
    CELL_NAMES[cell.cell],
    percent(cell.accuracy),
    `${percent(cell.interval[0])} to ${percent(cell.interval[1])}`,
    cell.macroF1.toFixed(3),
    cell.parameters,
    cell.epochSeconds.toFixed(2),
    `${cell.inferenceMs.p50.toFixed(2)} / ${cell.inferenceMs.p95.toFixed(2)}`,
    Math.round(cell.peakMemoryMB),
    cell.bestEpoch,
  ]);
  const head = [
    'cell',
    'test accuracy',
    '95 % interval',
    'macro F1',
    'parameters',
    's per epoch',
    'ms per clip (p50 / p95)',
    'peak MB',
    'best epoch',
  ];
  const first = view.summary[0];
  const basis = first
    ? `${first.testClips} test clips, ${first.runs === 1 ? 'one seed' : `${first.runs} seeds`}, `
    : '';
  return [
    `${view.name} (comparison ${view.id}, ${view.state}): ${view.dataset.name}, ${view.splitWords}; ${basis}${view.backend}, ${duration(view.secondsSpent)}`,
    ...(view.split.leakNote ? [view.split.leakNote] : []),
    ...(rows.length > 0 ? [table(head, rows)] : ['No results yet.']),
    ...view.runs.flatMap(({ cell, seed, error }) =>
      error ? [`${CELL_NAMES[cell]}, seed ${seed}, failed: ${error}`] : [],
    ),
    ...view.tests.map((test) => test.words),
  ].join('\n');
}
