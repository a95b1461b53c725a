import * as tf from '@tensorflow/tfjs-core';
import type { BatchNormShape } from './calls/normalisation.ts';
import { registerKernel, type Kernel } from './register.ts';
import { runAll } from './run.ts';

export function registerNormalisationKernels(): void {
  registerKernel('HarkLayerNorm', layerNorm);
  registerKernel('HarkLayerNormGradient', layerNormGradient);
  registerKernel('HarkBatchNorm', batchNorm);
  registerKernel('HarkBatchNormGradient', batchNormGradient);
  tf.registerGradient({
    kernelName: 'HarkLayerNorm',
    saveAllInputs: true,
    outputsToSave: [false, true],
    gradFunc: (dys, [x, weight, , statistics], attrs) => {
      const [dy] = dys as tf.Tensor[];
      return numbered(runAll('HarkLayerNormGradient', { dy, x, weight, statistics }, attrs));
    },
  });
  tf.registerGradient({
    kernelName: 'HarkBatchNorm',
    saveAllInputs: true,
    outputsToSave: [false, true, true],
    // The statistics, given or found, come last; given ones are no parameters and have no gradient.
    gradFunc: (dys, [x, weight, , mean, variance], attrs) => {
      const dy = Array.isArray(dys) ? (dys[0] as tf.Tensor) : dys;
      return numbered(runAll('HarkBatchNormGradient', { dy, x, mean, variance, weight }, attrs));
    },
  });
}

const numbered = (gradients: tf.Tensor[]): Record<string, () => tf.Tensor> =>
  Object.fromEntries(gradients.map((gradient) => () => gradient).entries());

/**
 * See layerNorm in ../layer-norm.ts.
 * @param sizes of runs of a row's values that are normalised each by itself; by default the row is one
 */
export function nativeLayerNorm(
  ...[x, weight, bias, eps, sizes = [weight.size]]: [
    ...[x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, eps: number],
    sizes?: number[],
  ]
): tf.Tensor {
  const [y, statistics] = runAll('HarkLayerNorm', [x, weight, bias], { eps, sizes });
  statistics.dispose();
  return y;
}

const layerNorm: Kernel = (inputs, { eps, sizes }, backend) => {
  const [x, weight, bias] = Object.values(inputs);
  const [size] = weight.shape;
  const rows = tf.util.sizeFromShape(x.shape) / size;
  const y = backend.output(x.shape);
  const groups = Int32Array.from(sizes as number[]);
  const statistics = backend.output([rows, groups.length, 2]);
  const values = [backend.values(x), backend.values(weight), backend.values(bias)] as const;
  backend.addon.layerNorm(rows, groups.length, groups, eps as number, ...values, y.values, statistics.values);
  return [y.info, statistics.info];
};

const layerNormGradient: Kernel = ({ dy, x, weight, statistics }, { sizes }, backend) => {
  const [size] = weight.shape;
  const made = [x.shape, [size], [size]].map((shape) => backend.output(shape));
  const [dx, dWeight, dBias] = made.map(({ values }) => values);
  const inputs = [backend.values(x), backend.values(weight), backend.values(statistics), backend.values(dy)] as const;
  const groups = Int32Array.from(sizes as number[]);
  backend.addon.layerNormGradient(statistics.shape[0], groups.length, groups, ...inputs, dx, dWeight, dBias);
  return made.map(({ info }) => info);
};

export interface BatchNormAttributes {
  channelsLast: boolean;
  /** Positions of each sequence that there are, of those between the batch and the channels; null: all. */
  live: Int32Array | null;
  eps: number;
  /** Whether the statistics are those of x itself, and not given. */
  training: boolean;
}

/** See batchNorm in ../batch-norm.ts. @returns y, and the statistics where none are given */
export function nativeBatchNorm(
  inputs: [x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, ...given: tf.Tensor[]],
  attributes: BatchNormAttributes,
): tf.Tensor[] {
  return runAll('HarkBatchNorm', inputs, attributes as unknown as tf.NamedAttrMap);
}

function shapeOf({ shape }: tf.TensorInfo, { channelsLast, live }: BatchNormAttributes): BatchNormShape {
  const [batch] = shape;
  const channels = channelsLast ? shape.at(-1)! : shape[1];
  return [batch, channels, tf.util.sizeFromShape(shape) / batch / channels, channelsLast, live];
}

const batchNorm: Kernel = (inputs, attributes, backend) => {
  const [x, weight, bias, ...given] = Object.values(inputs);
  const own = attributes as unknown as BatchNormAttributes;
  const shape = shapeOf(x, own);
  const x_ = backend.values(x);
  const found = own.training ? [0, 1].map(() => backend.output(weight.shape)) : [];
  const [mean, variance] = own.training ? found.map(({ values }) => values) : given.map((one) => backend.values(one));
  if (own.training) backend.addon.batchStatistics(...shape, x_, mean, variance);
  const { info, values } = own.live ? backend.zeros(x.shape) : backend.output(x.shape);
  const [weight_, bias_] = [backend.values(weight), backend.values(bias)];
  backend.addon.batchNorm(...shape, own.eps, x_, mean, variance, weight_, bias_, values);
  return [info, ...found.map((one) => one.info)];
};

const batchNormGradient: Kernel = ({ dy, x, mean, variance, weight }, attributes, backend) => {
  const own = attributes as unknown as BatchNormAttributes;
  const made = [x.shape, weight.shape, weight.shape].map((shape) =>
    own.live ? backend.zeros(shape) : backend.output(shape),
  );
  const [dx, dWeight, dBias] = made.map(({ values }) => values);
  const [x_, mean_, variance_, weight_, dy_] = [x, mean, variance, weight, dy].map((input) => backend.values(input));
  backend.addon.batchNormGradient(
    ...shapeOf(x, own),
    ...([own.eps, own.training, x_, mean_, variance_, weight_, dy_, dx, dWeight, dBias] as const),
  );
  return made.map(({ info }) => info);
};
