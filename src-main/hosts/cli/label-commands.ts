import path from 'node:path';
import type { Command } from 'commander';
import { LABEL_FORMATS, type LabelFormat } from '#shared/domain/region.ts';
import { datasetClips } from '#main/lab/clips.ts';
import { exportLabelFiles, importLabelFiles } from '#main/router/studio/label-files.ts';
import { findDataset, oneOf } from './options.ts';
import { follow } from './progress.ts';
import { type Globals, print, withHouse } from './run.ts';

const linesOf = (head: string, skipped: readonly { file: string; reason: string }[]): string =>
  [head, ...skipped.map(({ file, reason }) => `  ${file}: ${reason}`)].join('\n');

/** Labels and regions: from files of other programs, and to them. */
export function labelCommands(program: Command): void {
  const labels = program.command('labels').description('labels and regions from files of other programs, and to them');
  const format = oneOf('--format', LABEL_FORMATS);
  const names = LABEL_FORMATS.join(', ');

  labels
    .command('import')
    .description('read labels from a file or a folder of files; undoable in the window')
    .argument('<dataset>', 'its number, name or folder')
    .argument('<path>', 'file or folder')
    .option('--format <format>', `one of ${names} (recognised by itself when left out)`, format)
    .action(async (name: string, place: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals & { format?: LabelFormat }>();
      const result = await withHouse(options, ({ services }, signal) => {
        const dataset = findDataset(services.lab.store, name).id;
        const asked = { dataset, clip: null, path: path.resolve(place), format: options.format ?? null };
        return follow(services.jobs, importLabelFiles(services, asked), signal);
      });
      print(options, result, () => linesOf(`${result.regions} regions of ${result.clips} clips.`, result.skipped));
    });

  labels
    .command('export')
    .description('write the labels of a dataset’s clips')
    .argument('<dataset>', 'its number, name or folder')
    .requiredOption('--format <format>', `one of ${names}`, format)
    .option('--out <dir>', 'folder to write to (default: the lab’s own)')
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals & { format: LabelFormat; out?: string }>();
      const result = await withHouse(options, ({ services }, signal) => {
        const { store } = services.lab;
        const clips = datasetClips(store, findDataset(store, name).id).map(({ id }) => id);
        const folder = options.out === undefined ? null : path.resolve(options.out);
        const asked = { clips, format: options.format, tier: null, folder };
        return follow(services.jobs, exportLabelFiles(services, asked), signal);
      });
      print(options, result, () =>
        linesOf(
          `${result.files.length} files with labels of ${result.done} clips in ${result.folder}.`,
          result.skipped,
        ),
      );
    });
}
