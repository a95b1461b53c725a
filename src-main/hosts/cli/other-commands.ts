import path from 'node:path';
import type { Command } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '#shared/contract/reports.ts';
import type { EngineView } from '#shared/domain/system.ts';
import { removeDataset, renameDataset } from '#main/lab/dataset-steps.ts';
import { findDataset, list, oneOf, whole } from './options.ts';
import { follow } from './progress.ts';
import { type Globals, print, withHouse } from './run.ts';
import { percent, table } from './table.ts';

const threadWords = (threads: number): string => `${threads} thread${threads === 1 ? '' : 's'}`;

/** What could be had, and who chose; as Settings shows it. */
function engineWords({ chosen, overrides, backends, inUse }: EngineView): string[] {
  const { backend, threads } = chosen;
  return [
    `  chosen in Settings: ${backend ?? 'the fastest there is'}, ${threads === null ? 'all cores' : threadWords(threads)}`,
    ...overrides.map(({ variable, value }) => `  the environment stands above it: ${variable}=${value}`),
    ...backends.map(({ backend: name, reason }) =>
      reason === null
        ? `  ${name}: ready${name === inUse.name ? ', in use' : ''}`
        : `  ${name}: not available: ${reason}`,
    ),
  ];
}

const THINGS = ['dataset', 'comparison'] as const;

/** What a run says of files, what leaves the lab, and the lab itself. */
export function otherCommands(program: Command): void {
  program
    .command('predict')
    .description('what a trained network says of sound files')
    .argument('<run>', 'number of the run (see: hark show COMPARISON --json)', whole('RUN', 1))
    .argument('<path...>', 'sound files')
    .action(async (run: number, files: string[], _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const said = await withHouse(options, ({ services }, signal) =>
        services.predict(
          run,
          files.map((file) => path.resolve(file)),
          signal,
        ),
      );
      const answers = said.map((answer, index) => ({ ...answer, file: files[index] }));
      print(options, answers, () =>
        table(
          ['file', 'label', 'probability'],
          answers.map(({ file, label, probabilities }) => [
            file,
            label,
            percent(Math.max(...Object.values(probabilities))),
          ]),
        ),
      );
    });

  program
    .command('report')
    .description('write a comparison’s report')
    .argument('<comparison>', 'its number', whole('COMPARISON', 1))
    .option('--format <list>', `of ${REPORT_FORMATS.join(', ')}`, list('--format', oneOf('--format', REPORT_FORMATS)), [
      'html',
    ])
    .option('--out <dir>', 'folder to write to (default: the lab’s own)')
    .action(async (comparison: number, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals & { format: ReportFormat[]; out?: string }>();
      const folder = options.out === undefined ? null : path.resolve(options.out);
      const files = await withHouse(options, ({ services }, signal) =>
        follow(services.jobs, services.exportReport(comparison, options.format, folder), signal),
      );
      const paths = files.map((file) => file.path);
      print(options, { files: paths }, () => paths.join('\n'));
    });

  program
    .command('rename')
    .description('rename a dataset or a comparison')
    .argument('<thing>', THINGS.join(' or '), oneOf('THING', THINGS))
    .argument('<which>', 'its number (a dataset also by its name)')
    .argument('<name>', 'the new name')
    .action(async (thing: (typeof THINGS)[number], which: string, name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const id = await withHouse(options, async ({ services: { lab, comparisons } }) => {
        if (thing === 'comparison') {
          const comparison = whole('COMPARISON', 1)(which);
          comparisons.update(comparison, { name });
          return comparison;
        }
        const dataset = findDataset(lab.store, which).id;
        renameDataset(lab.store, dataset, name);
        return dataset;
      });
      print(options, { [thing]: id, name }, () => `${thing} ${id} is now called "${name}".`);
    });

  program
    .command('delete')
    .description('delete a comparison with its files, or a dataset (your own sound files stay)')
    .argument('<thing>', THINGS.join(' or '), oneOf('THING', THINGS))
    .argument('<which>', 'its number (a dataset also by its name)')
    .action(async (thing: (typeof THINGS)[number], which: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const id = await withHouse(options, async ({ services: { lab, comparisons } }) => {
        if (thing === 'comparison') {
          const comparison = whole('COMPARISON', 1)(which);
          await comparisons.remove(comparison);
          return comparison;
        }
        const dataset = findDataset(lab.store, which).id;
        removeDataset(lab.store, dataset);
        return dataset;
      });
      print(options, { deleted: { [thing]: id } }, () => `${thing} ${id} is deleted.`);
    });

  program
    .command('serve')
    .description('serve the window to a browser on this machine')
    .option('--port <p>', 'port (default: a free one)', whole('--port', 0, 65_535), 0)
    .option('--no-open', 'print the address only, open no browser')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals & { port: number; open: boolean }>();
      const { serve } = await import('../web.ts');
      await serve({ ...options, onReady: (url) => print(options, { url }, () => `Hark is open at ${url}`) });
    });

  program
    .command('doctor')
    .description('what this machine gives Hark: backend, instruction set, threads, versions, where the lab is')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const found = await withHouse(options, async ({ services }) => ({
        ...(await services.doctor()),
        engine: await services.engine.view(),
      }));
      print(options, found, () =>
        [
          `Hark ${found.hark} on ${found.platform}, ${found.cores} cores, ${found.memoryMB} MB`,
          `Backend: ${found.backend}${found.instructionSet ? `, ${found.instructionSet}` : ''}, ${threadWords(found.threads)}`,
          ...engineWords(found.engine),
          `Electron: ${found.electron}`,
          `Versions: ${Object.entries(found.versions)
            .map(([name, version]) => `${name} ${version}`)
            .join(', ')}`,
          `Lab: ${found.lab}`,
        ].join('\n'),
      );
    });
}
