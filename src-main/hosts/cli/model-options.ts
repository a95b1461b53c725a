import type { Command } from 'commander';
import type { ComparisonSpec } from '#shared/domain/comparison.ts';
import { INITIAL_STATES, POOLINGS } from '#shared/domain/model-spec.ts';
import { decimal, oneOf, whole } from './options.ts';

/** What networks are made of, as it is asked for on the command line. */
export interface ModelOptions {
  units?: number;
  layers?: number;
  bidirectional?: boolean;
  residual?: boolean;
  layerNorm?: boolean;
  initialState?: (typeof INITIAL_STATES)[number];
  dropout?: number;
  recurrentDropout?: number;
  pooling?: (typeof POOLINGS)[number];
  context?: number;
}

const share = (name: string) => decimal(name, (value) => value >= 0 && value < 1, 'a number from 0 to below 1');

/** Gives a command the options of a model. */
export function withModelOptions(command: Command): Command {
  return command
    .option('--units <n>', 'hidden units', whole('--units', 1, 4096))
    .option('--layers <n>', 'recurrent layers', whole('--layers', 1, 4))
    .option('--bidirectional', 'read the clip in both directions')
    .option('--residual', 'add the input of each layer but the first to its output')
    .option('--layer-norm', 'layer normalisation inside of the recurrent cells')
    .option(
      '--initial-state <what>',
      `what recurrent layers begin a clip with: ${INITIAL_STATES.join(', ')}`,
      oneOf('--initial-state', INITIAL_STATES),
    )
    .option('--dropout <p>', 'before the head and between layers', share('--dropout'))
    .option(
      '--recurrent-dropout <p>',
      'of the hidden state, the same values at all frames of a clip',
      share('--recurrent-dropout'),
    )
    .option('--pooling <how>', `over time: ${POOLINGS.join(', ')}`, oneOf('--pooling', POOLINGS))
    .option('--context <frames>', 'that the DNN sees with each frame, on each side of it', whole('--context', 0, 50));
}

/** A model with what was asked for in its place; to be held to the schema. */
export function modelOf(base: ComparisonSpec['model'], options: ModelOptions): Record<string, unknown> {
  const {
    units,
    layers,
    bidirectional,
    residual,
    layerNorm,
    initialState,
    dropout,
    recurrentDropout,
    pooling,
    context,
  } = options;
  const asked = {
    ...{ hiddenSize: units, numLayers: layers, bidirectional, residual, layerNorm, initialState },
    ...{ dropout, recurrentDropout, pooling, context },
  };
  return { ...base, ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) };
}
