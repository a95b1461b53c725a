import * as tf from '@tensorflow/tfjs-core';
import { packWindows, type Axis } from '../windows.ts';
import { registerKernel, type Kernel } from './register.ts';

/** Attributes of a convolution or pooling; those of the tape are plain objects. */
interface Convolution {
  vertical: Axis;
  horizontal: Axis;
  groups: number;
}
interface Pooling {
  vertical: Axis;
  horizontal: Axis;
  kind: WindowPooling;
}
export type WindowPooling = 'mean' | 'max';
const POOLING_NUMBERS: Record<WindowPooling, number> = { mean: 0, max: 1 };

const run = (kernel: string, inputs: Record<string, tf.Tensor>, attributes: unknown): tf.Tensor | tf.Tensor[] =>
  tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap);

export function registerConvolutionKernels(): void {
  registerKernel('HarkConvolution', convolution);
  registerKernel('HarkConvolutionInputGradient', inputGradient);
  registerKernel('HarkConvolutionWeightGradient', weightGradient);
  registerKernel('HarkWindowPool', windowPool);
  registerKernel('HarkWindowPoolGradient', windowPoolGradient);
  tf.registerGradient({
    kernelName: 'HarkConvolution',
    inputsToSave: ['x', 'weight'],
    gradFunc: (dys, [x, weight], attributes) => {
      const dy = dys as tf.Tensor4D;
      return {
        x: () => run('HarkConvolutionInputGradient', { weight, dy }, attributes) as tf.Tensor,
        weight: () =>
          run('HarkConvolutionWeightGradient', { x, dy }, { ...attributes, shape: weight.shape }) as tf.Tensor,
        bias: () => tf.sum(dy, [0, 1, 2]),
      };
    },
  });
  tf.registerGradient({
    kernelName: 'HarkWindowPool',
    outputsToSave: [false, true],
    gradFunc: (dys, [best], attributes) => ({
      x: () => run('HarkWindowPoolGradient', { dy: (dys as tf.Tensor[])[0], best }, attributes) as tf.Tensor,
    }),
  });
}

/** @param x [batch, height, width, in] @param weight [out, in / groups, height, width] @param bias [out] or none */
export function nativeConvolution(
  x: tf.Tensor4D,
  weight: tf.Tensor4D,
  bias: tf.Tensor | null,
  attributes: Convolution,
): tf.Tensor4D {
  return run('HarkConvolution', bias ? { x, weight, bias } : { x, weight }, attributes) as tf.Tensor4D;
}

/** @param x [batch, height, width, channels] */
export function nativeWindowPool(x: tf.Tensor4D, attributes: Pooling): tf.Tensor4D {
  const [y, best] = run('HarkWindowPool', { x }, { ...attributes, shape: x.shape }) as tf.Tensor[];
  best.dispose();
  return y as tf.Tensor4D;
}

const convolution: Kernel = ({ x, weight, bias }, attributes, backend) => {
  const { vertical, horizontal, groups } = attributes as unknown as Convolution;
  const [batch, , , inChannels] = x.shape;
  const [outChannels] = weight.shape;
  const { info, values } = backend.output([batch, vertical.outSize, horizontal.outSize, outChannels]);
  backend.addon.convolve(
    ...([inChannels, outChannels, groups, packWindows(batch, vertical, horizontal)] as const),
    ...([backend.values(x), backend.values(weight), bias ? backend.values(bias) : null, values] as const),
  );
  return info;
};

const inputGradient: Kernel = ({ weight, dy }, attributes, backend) => {
  const { vertical, horizontal, groups } = attributes as unknown as Convolution;
  const [batch, , , outChannels] = dy.shape;
  const inChannels = weight.shape[1] * groups;
  const { info, values } = backend.output([batch, vertical.size, horizontal.size, inChannels]);
  backend.addon.convolveInputGradient(
    ...([inChannels, outChannels, groups, packWindows(batch, vertical, horizontal)] as const),
    ...([backend.values(weight), backend.values(dy), values] as const),
  );
  return info;
};

const weightGradient: Kernel = ({ x, dy }, attributes, backend) => {
  const { vertical, horizontal, groups, shape } = attributes as unknown as Convolution & { shape: number[] };
  const [batch, , , inChannels] = x.shape;
  const { info, values } = backend.output(shape);
  backend.addon.convolveWeightGradient(
    ...([inChannels, shape[0], groups, packWindows(batch, vertical, horizontal)] as const),
    ...([backend.values(x), backend.values(dy), values] as const),
  );
  return info;
};

const windowPool: Kernel = ({ x }, attributes, backend) => {
  const { vertical, horizontal, kind } = attributes as unknown as Pooling;
  const [batch, , , channels] = x.shape;
  const shape = [batch, vertical.outSize, horizontal.outSize, channels];
  const { info, values } = backend.output(shape);
  const best = kind === 'max' ? new Int32Array(values.length) : null;
  const windows = packWindows(batch, vertical, horizontal);
  backend.addon.poolWindows(channels, windows, POOLING_NUMBERS[kind], backend.values(x), values, best);
  return [info, backend.makeTensorInfo(best ? shape : [0], 'int32', best ?? new Int32Array(0))];
};

const windowPoolGradient: Kernel = ({ dy, best }, attributes, backend) => {
  const { vertical, horizontal, kind, shape } = attributes as unknown as Pooling & { shape: number[] };
  const { info, values } = backend.output(shape);
  const places = kind === 'max' ? (backend.data.get(best.dataId).values as Int32Array) : null;
  const windows = packWindows(shape[0], vertical, horizontal);
  backend.addon.poolWindowsGradient(shape[3], windows, POOLING_NUMBERS[kind], backend.values(dy), places, values);
  return info;
};
