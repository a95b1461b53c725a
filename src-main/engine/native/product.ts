import * as tf from '@tensorflow/tfjs-core';
import { ACTIVATIONS, type Activation } from '../activation.ts';
import type { NativeBackend } from './backend.ts';
import { outerSize } from './blocks.ts';
import { isFloat, registerKernel, type Attributes, type Inputs, type Kernel } from './register.ts';

/** tfjs' products of matrices, and the linear layer as one operation. */
export function registerProducts(): void {
  registerKernel('BatchMatMul', matMul, isProduct);
  registerKernel('_FusedMatMul', matMul, isProduct);
  registerKernel('HarkLinear', linear);
  registerKernel('HarkActivationGradient', activationGradient);
  tf.registerGradient({
    kernelName: 'HarkLinear',
    inputsToSave: ['x', 'weight'],
    outputsToSave: [true],
    gradFunc: (dy, [x, weight, y], { activation }) => {
      const dz = throughActivation(dy as tf.Tensor2D, y, activation as unknown as Activation) as tf.Tensor2D;
      return {
        x: () => tf.matMul(dz, weight as tf.Tensor2D),
        weight: () => tf.matMul(dz, x as tf.Tensor2D, true),
        bias: () => tf.sum(dz, 0),
      };
    },
  });
}

const numberOf = (activation: Activation) => ACTIVATIONS.indexOf(activation);

/** f(x W^T + b). @param x [rows, in] @param weight [out, in] @param bias [out] */
export const nativeLinear = (x: tf.Tensor2D, weight: tf.Tensor, bias: tf.Tensor, activation: Activation): tf.Tensor2D =>
  tf.engine().runKernel('HarkLinear', { x, weight, bias }, { activation });

/** dy f'(x), from y = f(x). */
export const throughActivation = (dy: tf.Tensor, y: tf.Tensor, activation: Activation): tf.Tensor =>
  activation === 'linear' ? dy : tf.engine().runKernel('HarkActivationGradient', { dy, y }, { activation });

const linear: Kernel = ({ x, weight, bias }, { activation }, backend) => {
  const [[rows, inSize], outSize] = [x.shape, weight.shape[0]];
  const { info, values } = backend.output([rows, outSize]);
  if (values.length > 0)
    backend.addon.product(
      ...([1, rows, outSize, inSize, backend.values(x), null, false, backend.values(weight), null, true] as const),
      ...([backend.values(bias), numberOf(activation as Activation), values] as const),
    );
  return info;
};

const activationGradient: Kernel = ({ dy, y }, { activation }, backend) => {
  const { info, values } = backend.output(y.shape);
  backend.addon.activationGradient(numberOf(activation as Activation), backend.values(y), backend.values(dy), values);
  return info;
};

/** Matrices of floats, of the fused extras the bias of the columns, and an activation that the kernel has. */
function isProduct({ a, b, bias, preluActivationWeights }: Inputs, { activation }: Attributes): boolean {
  const known = activation === undefined || numberOf(activation as Activation) >= 0;
  const columns = bias === undefined || tf.util.sizeFromShape(bias.shape) === bias.shape.at(-1);
  const filled = !a.shape.includes(0) && !b.shape.includes(0);
  return preluActivationWeights === undefined && known && columns && filled && [a, b, bias].every(isFloat);
}

const matMul: Kernel = ({ a, b, bias }, attributes, backend) => {
  const transposeA = !!attributes['transposeA'];
  const transposeB = !!attributes['transposeB'];
  const [m, k] = transposeA ? a.shape.slice(-2).reverse() : a.shape.slice(-2);
  const [kOfB, n] = transposeB ? b.shape.slice(-2).reverse() : b.shape.slice(-2);
  if (k !== kOfB) throw new Error(`matMul: [${a.shape}] and [${b.shape}] do not fit together`);
  const axes = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const { info, values } = backend.output([...axes, m, n]);
  const batch = outerSize(axes, axes.length);
  // One right factor for all: the rows of all matrices are rows of one.
  const together = !transposeA && outerSize(b.shape, b.shape.length - 2) === 1 && m * k * batch === rowsOf(a);
  backend.addon.product(
    ...(together ? ([1, batch * m, n, k] as const) : ([batch, m, n, k] as const)),
    ...([backend.values(a), together ? null : places(a, axes), transposeA] as const),
    ...([backend.values(b), together ? null : places(b, axes), transposeB] as const),
    ...([columnsOf(bias, n, backend), numberOf((attributes['activation'] as Activation) ?? 'linear'), values] as const),
  );
  return info;
};

const rowsOf = (a: tf.TensorInfo) => tf.util.sizeFromShape(a.shape);

/** A bias of one value is for all columns. */
function columnsOf(bias: tf.TensorInfo | undefined, n: number, backend: NativeBackend): Float32Array | null {
  if (bias === undefined) return null;
  return bias.shape.at(-1) === n ? backend.values(bias) : new Float32Array(n).fill(backend.values(bias)[0]);
}

/** Where the matrix of a factor begins for each product of the batch, whose axes are `axes`; null: at 0, for all. */
function places(factor: tf.TensorInfo, axes: number[]): Int32Array | null {
  const own = factor.shape.slice(0, -2);
  if (own.every((size) => size === 1)) return null;
  const matrix = factor.shape.at(-1)! * factor.shape.at(-2)!;
  const at = new Int32Array(outerSize(axes, axes.length));
  const missing = axes.length - own.length;
  let inner = 1;
  let step = matrix;
  for (let axis = axes.length - 1; axis >= 0; inner *= axes[axis], axis--) {
    const size = own[axis - missing] ?? 1;
    if (size > 1) for (let i = 0; i < at.length; i++) at[i] += (Math.floor(i / inner) % size) * step;
    step *= size;
  }
  return at;
}
