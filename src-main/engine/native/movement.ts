import * as tf from '@tensorflow/tfjs-core';
import { outerSize, rowSize } from './blocks.ts';
import { isFloat, registerKernel, type Inputs, type Kernel } from './register.ts';

/** tfjs' operations that reorder values, and the sum of rows by their index. */
export function registerMovement(): void {
  registerKernel('Transpose', transpose, isRanked);
  registerKernel('PadV2', pad, isRanked);
  registerKernel('GatherV2', gather, ({ x, indices }, { axis, batchDims }) => {
    const plain = isFloat(x) && indices.dtype === 'int32' && !batchDims && !x.shape.includes(0);
    return (
      plain && tf.util.sizeFromShape(indices.shape) > 0 && tf.util.parseAxisParam(axis as number, x.shape)[0] === 0
    );
  });
  registerKernel('HarkAddRows', addRows);
}

const MOST_AXES = 6;
const isRanked = ({ x }: Inputs) =>
  isFloat(x) && x.shape.length >= 1 && x.shape.length <= MOST_AXES && !x.shape.includes(0);

/** [count, ...]: row r is the sum of those rows i of x for which indices[i] = r. */
export const nativeAddRows = (x: tf.Tensor, indices: tf.Tensor, count: number): tf.Tensor =>
  tf.engine().runKernel('HarkAddRows', { x, indices }, { count });

const transpose: Kernel = ({ x }, { perm }, backend) => {
  // Axes that stay neighbours move as one, axes of 1 do not move.
  const groups: number[][] = [];
  for (const axis of (perm as number[]).filter((one) => x.shape[one] !== 1)) {
    const before = groups.at(-1)?.at(-1);
    const joined = before !== undefined && x.shape.slice(before + 1, axis).every((size) => size === 1) && before < axis;
    if (joined) groups.at(-1)!.push(axis);
    else groups.push([axis]);
  }
  const { info, values } = backend.output((perm as number[]).map((axis) => x.shape[axis]));
  if (groups.length < 2) {
    values.set(backend.values(x));
    return info;
  }
  const inX = groups.toSorted((p, q) => p[0] - q[0]);
  const size = Int32Array.from(inX, (group) => group.reduce((product, axis) => product * x.shape[axis], 1));
  const order = Int32Array.from(groups, (group) => inX.indexOf(group));
  backend.addon.transpose(groups.length, size, order, backend.values(x), values);
  return info;
};

const pad: Kernel = ({ x }, { paddings, constantValue }, backend) => {
  const margins = paddings as [number, number][];
  const { info, values } = backend.output(x.shape.map((size, axis) => margins[axis][0] + size + margins[axis][1]));
  backend.addon.pad(
    ...([x.shape.length, Int32Array.from(x.shape), Int32Array.from(margins, ([before]) => before)] as const),
    ...([Int32Array.from(info.shape), constantValue as number, backend.values(x), values] as const),
  );
  return info;
};

const gather: Kernel = ({ x, indices }, _, backend) => {
  const { info, values } = backend.output([...indices.shape, ...x.shape.slice(1)]);
  const at = backend.data.get(indices.dataId).values as Int32Array;
  backend.addon.gatherRows(at.length, x.shape[0], rowSize(x.shape, 1), at, backend.values(x), values);
  return info;
};

const addRows: Kernel = ({ x, indices }, { count }, backend) => {
  const { info, values } = backend.output([count as number, ...x.shape.slice(1)]);
  const at = backend.data.get(indices.dataId).values as Int32Array;
  backend.addon.addRows(outerSize(x.shape, 1), count as number, rowSize(x.shape, 1), at, backend.values(x), values);
  return info;
};
