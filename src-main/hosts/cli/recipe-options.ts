import type { Command } from 'commander';
import type { ComparisonSpec } from '#shared/domain/comparison.ts';
import { SCHEDULES, ScheduleSpec } from '#shared/domain/schedule-spec.ts';
import { ClippingSpec, OptimiserSpec } from '#shared/domain/training-spec.ts';
import { decimal, named, oneOf, whole } from './options.ts';
import { UsageError } from './run.ts';

/** How networks are trained, as it is asked for on the command line. */
export interface RecipeOptions {
  epochs?: number;
  batch?: number;
  optimiser?: OptimiserSpec;
  learningRate?: number;
  schedule?: ScheduleSpec;
  warmup?: number;
  clipping?: ClippingSpec;
  truncation?: number | null;
  patience?: number;
  earlyStopping: boolean;
}

const OPTIMISERS = OptimiserSpec.options.map(({ shape }) => shape.name.value);
const positive = (value: number) => value > 0;
const noLess = (value: number) => value >= 0;

/** `none`, `norm:MAX`, `value:MAX`. @throws UsageError */
function clipping(text: string): ClippingSpec {
  const [kind, max, ...rest] = text.split(':');
  const spec = ClippingSpec.safeParse(max === undefined ? { kind } : { kind, max: Number(max) });
  if (!spec.success || rest.length > 0)
    throw new UsageError(`--clipping takes none, norm:MAX or value:MAX, MAX above 0; not "${text}".`, '--clipping');
  return spec.data;
}

const wholeOrNone = (name: string) => (text: string) => (text === 'none' ? null : whole(name, 1, 100_000)(text));

/** Gives a command the options of a recipe. */
export function withRecipeOptions(command: Command): Command {
  return command
    .option('--epochs <n>', 'at most', whole('--epochs', 1, 10_000))
    .option('--batch <n>', 'clips in a batch', whole('--batch', 1, 4096))
    .option(
      '--optimiser <how>',
      `${OPTIMISERS.join(', ')}; or JSON with its parameters, e.g. '{"name":"sgd","momentum":0.9}'`,
      named('--optimiser', 'name', oneOf('--optimiser', OPTIMISERS), OptimiserSpec),
    )
    .option('--learning-rate <x>', 'of the optimiser', decimal('--learning-rate', positive, 'a number above 0'))
    .option(
      '--schedule <how>',
      `of the learning rate: ${SCHEDULES.join(', ')}; or JSON with its parameters, e.g. '{"kind":"step","stepSize":5}'`,
      named('--schedule', 'kind', oneOf('--schedule', SCHEDULES), ScheduleSpec),
    )
    .option(
      '--warmup <epochs>',
      'over which the learning rate rises to its whole, 0 for none',
      decimal('--warmup', noLess, 'a number of epochs from 0'),
    )
    .option('--clipping <how>', 'of the gradients: none, norm:MAX or value:MAX', clipping)
    .option(
      '--truncation <frames>',
      'cut backpropagation through time every so many frames; none for whole clips',
      wholeOrNone('--truncation'),
    )
    .option('--patience <n>', 'epochs without a better validation before stopping', whole('--patience', 1))
    .option('--no-early-stopping', 'train all epochs');
}

/** A recipe with what was asked for in its place; to be held to the schema. */
export function recipeOf(base: ComparisonSpec['training'], options: RecipeOptions): Record<string, unknown> {
  const { epochs, batch, optimiser, learningRate, schedule, warmup, clipping, truncation } = options;
  const asked = { epochs, batchSize: batch, optimiser, learningRate, schedule, clipping, truncation };
  return {
    ...base,
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
    warmup: { ...base.warmup, ...(warmup !== undefined && { epochs: warmup }) },
    patience: options.earlyStopping ? (options.patience ?? base.patience) : null,
  };
}
