import * as tf from '@tensorflow/tfjs-core';
import { outerSize, rowSize } from './blocks.ts';
import { isFloat, registerKernel, type Attributes, type Inputs, type Kernel } from './register.ts';

/** tfjs' names, in the order of the kernels' numbers (src-native/arithmetic/table.h). */
const UNARY = [
  ...['Neg', 'Abs', 'Square', 'Sqrt', 'Rsqrt', 'Reciprocal', 'Exp', 'Log', 'Sigmoid', 'Tanh', 'Relu', 'Step', 'Elu'],
  'LeakyRelu',
];
const BINARY = ['Add', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'SquaredDifference'];
const REDUCTIONS = ['Sum', 'Mean', 'Max', 'Min'];

/** Arithmetic by element, reductions and softmax. What does not fit runs as tfjs has it. */
export function registerArithmetic(): void {
  UNARY.forEach((name, number) =>
    registerKernel(name, unary(number), name === 'Step' ? isFlatStep : ({ x }) => isFloat(x)),
  );
  BINARY.forEach((name, number) => registerKernel(name, binary(number), ({ a, b }) => fitTogether(a, b)));
  REDUCTIONS.forEach((name, number) => registerKernel(name, reduce(number), isOverRun));
  registerKernel('Softmax', softmax(false), isOverLastAxis);
  registerKernel('LogSoftmax', softmax(true), isOverLastAxis);
  registerKernel('Select', select, ({ condition, t, e }) => condition.dtype === 'bool' && isFloat(t) && isFloat(e));
  registerKernel(
    'Cast',
    cast,
    ({ x }, { dtype }) => dtype === 'float32' && (x.dtype === 'bool' || x.dtype === 'int32'),
  );
}

/** A step that slopes below zero is tfjs' own. */
const isFlatStep = ({ x }: Inputs, { alpha }: Attributes) => isFloat(x) && alpha === 0;

const unary =
  (operation: number): Kernel =>
  ({ x }, { alpha }, backend) => {
    const { info, values } = backend.output(x.shape);
    backend.addon.unary(operation, (alpha as number | undefined) ?? 0, backend.values(x), values);
    return info;
  };

/** Floats whose result has no more axes than the kernel, once those that move alike are one. */
function fitTogether(a: tf.TensorInfo, b: tf.TensorInfo): boolean {
  const filled = !a.shape.includes(0) && !b.shape.includes(0);
  return isFloat(a) && isFloat(b) && filled && Math.max(a.shape.length, b.shape.length) <= MOST_AXES;
}
const MOST_AXES = 6;

const binary =
  (operation: number): Kernel =>
  ({ a, b }, _, backend) => {
    const { info, values } = backend.output(tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape));
    const shape = axesOf(info.shape, a.shape, b.shape);
    backend.addon.binary(operation, shape.length / 3, shape, backend.values(a), backend.values(b), values);
    return info;
  };

/** For each axis of a result its size and how far each factor moves along it; axes that move as one are joined. */
function axesOf(shape: number[], a: number[], b: number[]): Int32Array {
  const axes: [size: number, stepA: number, stepB: number][] = [];
  let [wholeA, wholeB] = [1, 1];
  for (let back = 1; back <= shape.length; back++) {
    const [size, sizeA, sizeB] = [shape.at(-back)!, a.at(-back) ?? 1, b.at(-back) ?? 1];
    if (size === 1) continue;
    const [stepA, stepB] = [sizeA === 1 ? 0 : wholeA, sizeB === 1 ? 0 : wholeB];
    const inner = axes[0];
    if (inner && stepA === inner[0] * inner[1] && stepB === inner[0] * inner[2]) inner[0] *= size;
    else axes.unshift([size, stepA, stepB]);
    wholeA *= sizeA;
    wholeB *= sizeB;
  }
  return Int32Array.from(axes.length > 0 ? axes.flat() : [1, 0, 0]);
}

const axesReduced = ({ x }: Inputs, { axis, reductionIndices }: Attributes) =>
  tf.util.parseAxisParam((reductionIndices ?? axis ?? null) as unknown as number[], x.shape).sort((p, q) => p - q);

/** A reduction over axes that follow each other. */
const isOverRun = (inputs: Inputs, attributes: Attributes) => {
  const axes = axesReduced(inputs, attributes);
  const joined = axes.every((axis, at) => axis === axes[0] + at);
  return isFloat(inputs.x) && axes.length > 0 && joined && !inputs.x.shape.includes(0);
};

const reduce =
  (kind: number): Kernel =>
  ({ x }, attributes, backend) => {
    const axes = axesReduced({ x }, attributes);
    const first = axes[0];
    const outer = outerSize(x.shape, first);
    const inner = rowSize(x.shape, first + axes.length);
    const kept = attributes['keepDims'] ? axes.map(() => 1) : [];
    const { info, values } = backend.output(x.shape.toSpliced(first, axes.length, ...kept));
    const from = backend.values(x);
    backend.addon.reduce(kind, outer, from.length / outer / inner, inner, from, values);
    return info;
  };

const isOverLastAxis = ({ logits }: Inputs, { dim }: Attributes) =>
  isFloat(logits) && !logits.shape.includes(0) && (dim === undefined || dim === -1 || dim === logits.shape.length - 1);

const softmax =
  (logarithm: boolean): Kernel =>
  ({ logits }, _, backend) => {
    const { info, values } = backend.output(logits.shape);
    const size = logits.shape.at(-1) ?? 1;
    backend.addon.softmax(values.length / size, size, logarithm, backend.values(logits), values);
    return info;
  };

const select: Kernel = ({ condition, t, e }, _, backend) => {
  const { info, values } = backend.output(t.shape);
  const given = backend.data.get(condition.dataId).values as Uint8Array;
  // A mask that was once read as floats stays floats.
  const conditions = given instanceof Uint8Array ? given : Uint8Array.from(given);
  if (values.length > 0)
    backend.addon.select(
      ...([values.length / conditions.length, conditions] as const),
      ...([backend.values(t), backend.values(e), values] as const),
    );
  return info;
};

const cast: Kernel = ({ x }, _, backend) => {
  const values = new Float32Array(backend.data.get(x.dataId).values as Uint8Array);
  return backend.makeTensorInfo(x.shape, 'float32', values);
};
