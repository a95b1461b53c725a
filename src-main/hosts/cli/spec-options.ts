import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { type Cell, CELLS } from '#shared/domain/model-spec.ts';
import { SplitSpec } from '#shared/domain/split.ts';
import { modelOf, type ModelOptions, withModelOptions } from './model-options.ts';
import { cells, fitting, jsonObject, list, oneOf, splitRule, whole } from './options.ts';
import { recipeOf, type RecipeOptions, withRecipeOptions } from './recipe-options.ts';
import { UsageError } from './run.ts';

/** The settings of a comparison, as they are asked for on the command line. */
export interface SpecOptions extends ModelOptions, RecipeOptions {
  spec?: ComparisonSpec;
  cells?: Cell[];
  split?: ReturnType<typeof splitRule>;
  splitSeed?: number;
  features?: string;
  match?: 'units' | 'parameters';
  seeds?: number[];
  name?: string;
}

const seedOf = (name: string) => whole(name, 0, 0xffff_ffff);

/** Gives a command the settings of a comparison. @param usualCells what is trained when none are named, in words */
export function withSpecOptions(command: Command, usualCells: string): Command {
  command
    .option('--spec <file>', 'settings as a report gives them, JSON; further options stand above it', specFile)
    .option('--cells <list>', `of ${CELLS.join(', ')} (default: ${usualCells})`, cells)
    .option('--split <rule>', 'official, random, speaker, speaker:NAME[,NAME] or fold:K/N', (text) =>
      splitRule('--split', text),
    )
    .option('--split-seed <seed>', 'for what a split draws', seedOf('--split-seed'))
    .option(
      '--features <json>',
      'feature spec; fields left out take the dataset’s default, of another kind the kind’s',
    );
  withModelOptions(command).option(
    '--match <what>',
    'equal units or equal parameters',
    oneOf('--match', ['units', 'parameters'] as const),
  );
  return withRecipeOptions(command)
    .option('--seeds <list>', 'one training a seed and cell, e.g. 0,1,2', list('--seeds', seedOf('--seeds')))
    .option('--name <name>', 'what to call it');
}

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

/**
 * What was asked for, in the place of a dataset's defaults. A feature spec that names its kind stands by itself. What can be checked
 * without the dataset is checked at once.
 * @throws UsageError
 */
export function specReader(options: SpecOptions): (defaults: ComparisonSpec) => ComparisonSpec {
  const features = options.features === undefined ? undefined : jsonObject('--features', options.features);
  if (features) fitting('--features', FeatureSpec, { kind: 'mfcc', ...features });
  const kept = <T extends object>(values: T) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const { splitSeed } = options;
  return (defaults) => {
    const base = options.spec ? { ...options.spec, dataset: defaults.dataset } : defaults;
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
  };
}
