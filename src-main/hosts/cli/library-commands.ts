import path from 'node:path';
import type { Command } from 'commander';
import { type ImportResult, isOwnSound, LAYOUT_NAMES, LAYOUTS } from '#shared/domain/dataset.ts';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { describeSplit, ownFolds, SplitSpec } from '#shared/domain/split.ts';
import { getDataset, listDatasets } from '#main/lab/datasets.ts';
import { featuresOfFile } from '#main/features/of-file.ts';
import { findDataset, fitting, jsonObject, oneOf, splitRule, whole } from './options.ts';
import { follow } from './progress.ts';
import { type Globals, print, withHouse } from './run.ts';
import { duration, table } from './table.ts';

const IMPORTED = LAYOUTS.filter((layout) => !isOwnSound(layout));

export function importWords(result: ImportResult): string {
  const { dataset, name, layout, clips, added, classes, speakers, seconds, sampleRates, skipped } = result;
  const lines = [
    `Dataset ${dataset}, "${name}": ${clips} clips (${added} new) of ${classes.length} classes, ${speakers} speakers, ${duration(seconds)} at ${sampleRates.join(', ')} Hz; read as: ${LAYOUT_NAMES[layout]}.`,
    table(
      ['class', 'clips'],
      classes.map((one) => [one.name, one.clips]),
    ),
  ];
  if (skipped.length > 0)
    lines.push(`${skipped.length} left out:`, ...skipped.map(({ file, reason }) => `  ${file}: ${reason}`));
  return lines.join('\n');
}

/** Recordings: bringing them in, looking at them, splitting them, their features. */
export function libraryCommands(program: Command): void {
  program
    .command('import')
    .description('import a folder of recordings, or a CSV manifest; a second time adds what is new')
    .argument('<path>', 'folder or manifest')
    .option(
      '--layout <layout>',
      `one of ${IMPORTED.join(', ')} (recognised by itself when left out)`,
      oneOf('--layout', IMPORTED),
    )
    .option('--name <name>', 'what to call it (default: the folder’s name)')
    .action(async (target: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals & { layout?: (typeof IMPORTED)[number]; name?: string }>();
      const result = await withHouse(options, ({ services }, signal) => {
        const job = services.importFolder({
          path: path.resolve(target),
          layout: options.layout ?? null,
          name: options.name ?? null,
        });
        return follow(services.jobs, job, signal);
      });
      print(options, result, () => importWords(result));
    });

  program
    .command('sample')
    .description('render the built-in sample again')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const result = await withHouse(options, ({ services }, signal) =>
        follow(services.jobs, services.renderSample(), signal),
      );
      print(options, result, () => importWords(result));
    });

  program
    .command('datasets')
    .description('the datasets of the lab')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals>();
      const datasets = await withHouse(options, ({ services }) => Promise.resolve(listDatasets(services.lab.store)));
      print(options, datasets, () =>
        datasets.length === 0
          ? 'No datasets yet. Bring some in with: hark import FOLDER'
          : table(
              ['id', 'name', 'clips', 'classes', 'speakers', 'length', 'layout', 'state'],
              datasets.map(({ id, name, clips, classes, speakers, seconds, layout, state }) => [
                id,
                name,
                clips,
                classes,
                speakers,
                duration(seconds),
                layout,
                state,
              ]),
            ),
      );
    });

  program
    .command('split')
    .description('how many clips a rule puts on each side')
    .argument('<dataset>', 'its number, name or folder')
    .requiredOption('--by <rule>', 'official, random, speaker, speaker:NAME[,NAME] or fold:K/N', (text) =>
      splitRule('--by', text),
    )
    .option('--seed <seed>', 'for what is drawn', whole('--seed', 0, 0xffff_ffff), 0)
    .option('--test <share>', 'share of the test part', Number)
    .option('--validation <share>', 'share of the rest that is for validation', Number)
    .action(async (name: string, _: unknown, command: Command) => {
      type Own = { by: ReturnType<typeof splitRule>; seed: number; test?: number; validation?: number };
      const options = command.optsWithGlobals<Globals & Own>();
      const split = fitting('--by', SplitSpec, {
        ...options.by,
        seed: options.seed,
        testFraction: options.test,
        validationFraction: options.validation,
      });
      const { counts, kept } = await withHouse(options, ({ services }) => {
        const { store } = services.lab;
        const dataset = findDataset(store, name).id;
        const counts = services.countSplit(dataset, split);
        return Promise.resolve({ counts, kept: ownFolds(split, getDataset(store, dataset).folds) });
      });
      print(options, counts, () => {
        const { train, validation, test, leakNote } = counts;
        return `${describeSplit(kept)}: ${train} train, ${validation} validation, ${test} test${leakNote ? `\n${leakNote}` : ''}`;
      });
    });

  program
    .command('features')
    .description('features of one sound file; needs no lab')
    .argument('<file>', 'a sound file')
    .requiredOption('--spec <json>', 'e.g. {"kind":"mfcc","nMfcc":13}; what is left out takes its default')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Globals & { spec: string }>();
      const spec = fitting('--spec', FeatureSpec, jsonObject('--spec', options.spec));
      const { frames, bins, values } = await featuresOfFile(path.resolve(file), spec);
      const rows = Array.from({ length: frames }, (__, frame) => [
        ...values.subarray(frame * bins, (frame + 1) * bins),
      ]);
      print(options, { shape: [frames, bins], values: rows }, () =>
        [
          `${frames} frames of ${bins} bins`,
          ...rows.map((row) => row.map((value) => value.toPrecision(6)).join(' ')),
        ].join('\n'),
      );
    });
}
