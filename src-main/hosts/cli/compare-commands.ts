import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { ComparisonSpec, type ComparisonView } from '#shared/domain/comparison.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { type Cell, CELL_NAMES, CELLS } from '#shared/domain/model-spec.ts';
import { SplitSpec } from '#shared/domain/split.ts';
import { type BackendName, BACKENDS } from '#shared/domain/system.ts';
import type { Services } from '#main/router/services.ts';
import { modelOf, type ModelOptions, withModelOptions } from './model-options.ts';
import { cells, findDataset, fitting, jsonObject, list, oneOf, splitRule, whole } from './options.ts';
import { describeComparison, follow, ProgressLine } from './progress.ts';
import { recipeOf, type RecipeOptions, withRecipeOptions } from './recipe-options.ts';
import { type Globals, print, UsageError, withHouse } from './run.ts';
import { duration, percent, table } from './table.ts';

/** What this command computes on, whatever the lab or the environment says. */
interface EngineOptions {
  backend?: BackendName;
  threads?: number;
}

interface CompareOptions extends Globals, ModelOptions, RecipeOptions, EngineOptions {
  spec?: ComparisonSpec;
  cells?: Cell[];
  split?: ReturnType<typeof splitRule>;
  splitSeed?: number;
  features?: string;
  match?: 'units' | 'parameters';
  seeds?: number[];
  name?: string;
  report: boolean;
}

const seedOf = (name: string) => whole(name, 0, 0xffff_ffff);

/** Comparisons: starting them, going on with them, and the ones there are. */
export function compareCommands(program: Command): void {
  const compare = program
    .command('compare')
    .description('train RNN, LSTM and GRU on one dataset and compare them')
    .argument('[dataset]', 'its number, its name, or a folder to import (default: the built-in sample)')
    .option('--spec <file>', 'settings as a report gives them, JSON; further options stand above it', specFile)
    .option('--cells <list>', `of ${CELLS.join(', ')} (default: rnn,lstm,gru)`, cells)
    .option('--split <rule>', 'official, random, speaker, speaker:NAME[,NAME] or fold:K/N', (text) =>
      splitRule('--split', text),
    )
    .option('--split-seed <seed>', 'for what a split draws', seedOf('--split-seed'))
    .option(
      '--features <json>',
      'feature spec; fields left out take the dataset’s default, of another kind the kind’s',
    );
  withModelOptions(compare).option(
    '--match <what>',
    'equal units or equal parameters',
    oneOf('--match', ['units', 'parameters'] as const),
  );
  withRecipeOptions(compare)
    .option('--seeds <list>', 'one training a seed and cell, e.g. 0,1,2', list('--seeds', seedOf('--seeds')))
    .option('--name <name>', 'what to call the comparison')
    .option('--no-report', 'write no report');
  engineOptions(compare).action(async (name: string | undefined, _: unknown, command: Command) => {
    const options = command.optsWithGlobals<CompareOptions>();
    const features = options.features === undefined ? undefined : jsonObject('--features', options.features);
    if (features) checkFeatures(features);
    await withHouse(options, async ({ services }, signal) => {
      await services.engine.insist(options);
      const dataset = await datasetOf(services, name, signal);
      const base = options.spec ? { ...options.spec, dataset } : services.comparisons.defaults(dataset);
      const spec = specOf(base, options, features);
      const { comparison } = services.comparisons.start(spec);
      await conclude(services, comparison, options, signal);
    });
  });

  const resume = program
    .command('resume')
    .description('go on with a comparison that was paused, stopped or cut off')
    .argument('<comparison>', 'its number', whole('COMPARISON', 1))
    .option('--no-report', 'write no report');
  engineOptions(resume).action(async (comparison: number, _: unknown, command: Command) => {
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

const engineOptions = (command: Command) =>
  command
    .option(
      '--backend <name>',
      `compute on ${BACKENDS.join(', ')} (default: as in Settings)`,
      oneOf('--backend', BACKENDS),
    )
    .option('--threads <n>', 'threads to compute on (default: as in Settings)', whole('--threads', 1, 256));

/** The dataset named; a folder is imported first, nothing at all means the sample. */
async function datasetOf(services: Services, name: string | undefined, signal: AbortSignal): Promise<number> {
  if (name === undefined) {
    const sample = services.sampleDataset();
    return sample ?? (await follow(services.jobs, services.renderSample(), signal)).dataset;
  }
  if (!/^\d+$/.test(name) && existsSync(name)) {
    const job = services.importFolder({ path: path.resolve(name), layout: null, name: null });
    return (await follow(services.jobs, job, signal)).dataset;
  }
  return findDataset(services.lab.store, name).id;
}

const checkFeatures = (features: Record<string, unknown>) =>
  fitting('--features', FeatureSpec, { kind: 'mfcc', ...features });

/** A comparison's settings from a file; the dataset in it is replaced by the one named. @throws UsageError */
function specFile(file: string): ComparisonSpec {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`--spec: ${file} cannot be read.`, '--spec');
  }
  return fitting('--spec', ComparisonSpec, { ...jsonObject('--spec', text), dataset: 1 });
}

/** The dataset's default with what was asked for in its place. A feature spec that names its kind stands by itself. */
function specOf(
  base: ComparisonSpec,
  options: CompareOptions,
  features: Record<string, unknown> | undefined,
): ComparisonSpec {
  const kept = <T extends object>(values: T) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const { splitSeed } = options;
  return fitting('compare', ComparisonSpec, {
    ...base,
    ...kept({ name: options.name, cells: options.cells, seeds: options.seeds, match: options.match }),
    split: { ...(options.split ? SplitSpec.parse(options.split) : base.split), ...kept({ seed: splitSeed }) },
    features:
      features?.['kind'] === undefined
        ? { ...base.features, ...features }
        : { sampleRate: base.features.sampleRate, ...features },
    model: modelOf(base.model, options),
    training: recipeOf(base.training, options),
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
