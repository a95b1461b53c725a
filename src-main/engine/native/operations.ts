import * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from './backend.ts';
import { copyBlocks, outerSize, rowSize } from './blocks.ts';
import { isFloat, registerKernel, type Inputs, type Kernel } from './register.ts';

/** tfjs' operations that cut and join tensors, where blocks are copied whole, and those that look at the same values as before. */
export function registerOperations(): void {
  registerKernel('Identity', ({ x }, _, backend) => alias(x, x.shape, backend));
  registerKernel('Reshape', ({ x }, { shape }, backend) => {
    const size = tf.util.sizeFromShape(x.shape);
    const wanted = tf.util.inferFromImplicitShape(shape as number[], size);
    if (tf.util.sizeFromShape(wanted) !== size) throw new Error(`reshape: [${x.shape}] has no form [${wanted}]`);
    return alias(x, wanted, backend);
  });
  registerKernel('ExpandDims', ({ input }, { dim }, backend) => {
    const at = (dim as number) < 0 ? input.shape.length + 1 + (dim as number) : (dim as number);
    return alias(input, input.shape.toSpliced(at, 0, 1), backend);
  });
  registerKernel('Concat', concat, (inputs) => areFloats(inputs));
  registerKernel('Slice', slice, areFloats);
  registerKernel('SplitV', split, areFloats);
}

function alias(x: tf.TensorInfo, shape: number[], backend: NativeBackend): tf.TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape, dtype: x.dtype };
}

const areFloats = (inputs: Inputs) => Object.values(inputs).every(isFloat);
const concat: Kernel = (inputs, { axis }, backend) => {
  const parts = Object.values(inputs);
  const [at] = tf.util.parseAxisParam(axis as number, parts[0].shape);
  const shapes = parts.map((part) => part.shape);
  tf.backend_util.assertParamsConsistent(shapes, at);
  const { info, values } = backend.output(tf.backend_util.computeOutShape(shapes, at));
  const step = rowSize(info.shape, at);
  let offset = 0;
  for (const part of parts) {
    const size = rowSize(part.shape, at);
    copyBlocks(backend.values(part), 0, size, values, offset, step, size, outerSize(info.shape, at));
    offset += size;
  }
  return info;
};

const split: Kernel = ({ x }, { axis, numOrSizeSplits }, backend) => {
  const [at] = tf.util.parseAxisParam(axis as number, x.shape);
  const sizes = tf.backend_util.prepareSplitSize(
    { shape: x.shape } as tf.Tensor,
    numOrSizeSplits as number | number[],
    at,
  );
  const step = rowSize(x.shape, at);
  let offset = 0;
  return sizes.map((size) => {
    const { info, values } = backend.output(x.shape.with(at, size));
    const block = rowSize(info.shape, at);
    copyBlocks(backend.values(x), offset, step, values, 0, block, block, outerSize(x.shape, at));
    offset += block;
    return info;
  });
};

const slice: Kernel = ({ x }, attributes, backend) => {
  const [begin, size] = tf.slice_util.parseSliceParams(
    x as tf.Tensor,
    attributes['begin'] as number[],
    attributes['size'] as number[],
  );
  tf.slice_util.assertParamsValid(x as tf.Tensor, begin, size);
  const { info, values } = backend.output(size);
  const from = backend.values(x);
  // The last axes that are whole make one block with the axis before them.
  let inner = size.length;
  while (inner > 0 && size[inner - 1] === x.shape[inner - 1]) inner--;
  const at = Math.max(inner - 1, 0);
  const block = rowSize(size, at);
  if (block === 0) return info;
  const strides = tf.util.computeStrides([...x.shape, 1]);
  const index = new Array<number>(at).fill(0);
  for (let to = 0; to < values.length; to += block) {
    const start = begin.reduce((sum, first, axis) => sum + (first + (index[axis] ?? 0)) * strides[axis], 0);
    values.set(from.subarray(start, start + block), to);
    for (let axis = at - 1; axis >= 0 && ++index[axis] === size[axis]; axis--) index[axis] = 0;
  }
  return info;
};
