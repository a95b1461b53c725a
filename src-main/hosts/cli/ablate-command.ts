import type { Command } from 'commander';
import { watchViews } from '#main/experiments/watch.ts';
import type { Services } from '#main/router/services.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { type FactorId, FACTOR_IDS, FACTORS, type LevelValue } from '#shared/domain/factors.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { SweepSpec, type SweepView } from '#shared/domain/sweep.ts';
import { DATASET, datasetOf } from './dataset-argument.ts';
import { type EngineOptions, withEngineOptions } from './engine-options.ts';
import { fitting, list, oneOf, whole } from './options.ts';
import { describeSweep, ProgressLine } from './progress.ts';
import { type Globals, print, UsageError, withHouse } from './run.ts';
import { type SpecOptions, specReader, withSpecOptions } from './spec-options.ts';
import { duration, percent, table } from './table.ts';

interface AblateOptions extends Globals, SpecOptions, EngineOptions {
  factor?: FactorId;
  levels?: LevelValue[];
  resume?: number;
}

/** Names of levels that are no number. */
const NAMED: Record<string, LevelValue> = { none: null, all: null, true: true, false: false };

const levelOf = (text: string): LevelValue => {
  if (Object.hasOwn(NAMED, text)) return NAMED[text];
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
};

/** Ablations: one setting at several levels, all else the same. */
export function ablateCommand(program: Command): void {
  const ablate = program
    .command('ablate')
    .description('change one setting alone, from level to level, and see what becomes of the accuracy')
    .argument('[dataset]', DATASET)
    .option('--factor <setting>', FACTOR_IDS.join(', '), oneOf('--factor', FACTOR_IDS))
    .option(
      '--levels <list>',
      'what it is set to, e.g. 32,64,128; none for no limit (default: what the window offers)',
      list('--levels', levelOf),
    )
    .option('--resume <ablation>', 'go on with one that was paused or cut off, by its number', whole('--resume', 1));
  withEngineOptions(withSpecOptions(ablate, 'those the setting says something of')).action(
    async (name: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AblateOptions>();
      const { factor, levels, resume } = options;
      if (resume === undefined && factor === undefined)
        throw new UsageError(`Which setting? Give --factor, one of ${FACTOR_IDS.join(', ')}.`, '--factor');
      const read = specReader(options);
      await withHouse(options, async ({ services }, signal) => {
        await services.engine.insist(options);
        if (resume !== undefined) services.sweeps.resume(resume);
        const sweep = resume ?? (await begin(services, name, factor!, levels, read, options.name, signal));
        await conclude(services, sweep, options, signal);
      });
    },
  );
}

async function begin(
  services: Services,
  name: string | undefined,
  factor: FactorId,
  levels: LevelValue[] | undefined,
  read: ReturnType<typeof specReader>,
  called: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  const dataset = await datasetOf(services, name, signal);
  const defaults = services.sweeps.defaults(dataset, factor);
  const base = { ...read(defaults.base), name: undefined };
  const offered = levels ?? [...FACTORS[factor].levels(base)];
  const spec = fitting('ablate', SweepSpec, { ...defaults, name: called, base, levels: offered });
  return services.sweeps.start(spec).sweep;
}

/** Shows an ablation until it has ended, then what came out. */
async function conclude(services: Services, sweep: number, options: Globals, signal: AbortSignal): Promise<void> {
  const { sweeps } = services;
  const line = new ProgressLine();
  const goOn = `hark ablate --resume ${sweep}`;
  console.error(`Ablation ${sweep} is under way; Ctrl+C interrupts it, ${goOn} goes on with it.`);
  const views = watchViews({
    look: () => sweeps.view(sweep),
    isLast: ({ state }) => state !== 'running' && state !== 'paused',
    onChange: (listener) => sweeps.onChange(listener),
    signal,
  });
  for await (const view of views) line.show(describeSweep(view));
  line.end();
  if (signal.aborted)
    throw new HarkError('cancelled', `Interrupted. Go on with: ${goOn}`, { where: `ablation ${sweep}` });
  const view = sweeps.view(sweep);
  if (view.state === 'failed')
    throw new HarkError('internal', view.error ?? 'The ablation failed.', {
      where: `ablation ${sweep}`,
      remedy: `Go on with: ${goOn}`,
    });
  print(options, view, () => sweepWords(view));
}

function sweepWords(view: SweepView): string {
  const { id, name, state, spec, dataset, splitWords, testClips, levels, findings, secondsSpent } = view;
  const seeds = spec.base.seeds.length === 1 ? 'one seed' : `${spec.base.seeds.length} seeds`;
  const rows = levels.flatMap(({ words, summary }) =>
    summary.map(({ cell, accuracy, interval, parameters, epochSeconds, inferenceMs }) => [
      ...[words, CELL_NAMES[cell], percent(accuracy), `${percent(interval[0])} to ${percent(interval[1])}`],
      ...[parameters, epochSeconds.toFixed(2), inferenceMs.p50.toFixed(2)],
    ]),
  );
  const head = ['level', 'cell', 'test accuracy', '95 % interval', 'parameters', 's per epoch', 'ms per clip (p50)'];
  return [
    `${name} (ablation ${id}, ${state}): ${dataset.name}, ${splitWords}; ${testClips} test clips, ${seeds}, ${duration(secondsSpent)}`,
    ...(rows.length > 0 ? [table(head, rows)] : ['No results yet.']),
    ...levels.flatMap(({ words, error }) => (error === null ? [] : [`${words} failed: ${error}`])),
    ...findings.map((finding) => finding.words),
  ].join('\n');
}
