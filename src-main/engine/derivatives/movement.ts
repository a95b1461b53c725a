import * as tf from '@tensorflow/tfjs-core';
import { each, list, moved, type Rules } from './rule.ts';
import { nativeAddRows } from '../native/movement.ts';

const reshapeBack = (dy: tf.Tensor, x: tf.Tensor) => tf.reshape(dy, x.shape);

/** Operations that move values without changing them. */
export const movement: Rules = {
  Reshape: moved('x', reshapeBack),
  ExpandDims: moved('input', reshapeBack),
  Transpose: moved('x', (dy, _, { perm }) => tf.transpose(dy, inverse(perm as number[]))),
  // What tf.broadcastTo runs, too. Each axis of the result is [repeat, of x].
  Tile: moved('x', (dy, x, { reps }) => {
    const pairs = x.shape.flatMap((size, axis) => [(reps as number[])[axis], size]);
    const repeats = x.shape.map((_, axis) => 2 * axis);
    return tf.reshape(tf.sum(tf.reshape(dy, pairs), repeats), x.shape);
  }),
  Slice: moved('x', (dy, x, { begin, size }) => padBack(dy, x, begin as number[], size as number[])),
  Concat: {
    saveAllInputs: true,
    gradFunc: (dy, parts, { axis }) => {
      const [at] = tf.util.parseAxisParam(axis as number, parts[0].shape);
      const sizes = parts.map((part) => part.shape[at]);
      return each(tf.split(dy as tf.Tensor, sizes, at));
    },
  },
  SplitV: {
    gradFunc: (dys, _, { axis }) => ({ x: () => tf.concat(list(dys), axis as number) }),
  },
  Pack: {
    saveAllInputs: true,
    gradFunc: (dy, _, { axis }) => each(tf.unstack(dy as tf.Tensor, axis as number)),
  },
  Unpack: {
    gradFunc: (dys, _, { axis }) => ({ value: () => tf.stack(list(dys), axis as number) }),
  },
  PadV2: moved('x', (dy, x, { paddings }) =>
    tf.slice(
      dy,
      (paddings as number[][]).map(([before]) => before),
      x.shape,
    ),
  ),
  Reverse: moved('x', (dy, _, { dims }) => tf.reverse(dy, dims as number[])),
  GatherV2: {
    inputsToSave: ['x', 'indices'],
    gradFunc: (dy, [x, indices], { axis, batchDims }) => ({
      x: () => gatherBack(dy as tf.Tensor, x.shape, indices, axis as number, (batchDims as number | undefined) ?? 0),
      indices: () => tf.zerosLike(indices),
    }),
  },
};

function inverse(permutation: number[]): number[] {
  const back = new Array<number>(permutation.length);
  permutation.forEach((from, to) => (back[from] = to));
  return back;
}

function padBack(dy: tf.Tensor, x: tf.Tensor, begin: number[], size: number[]): tf.Tensor {
  const [from, count] = tf.slice_util.parseSliceParams(x, begin, size);
  return tf.pad(
    dy,
    from.map((first, axis) => [first, x.shape[axis] - first - count[axis]] as [number, number]),
  );
}

/** Each row's gradient is the sum of those of its copies, in their order. */
function gatherBack(dy: tf.Tensor, shape: number[], indices: tf.Tensor, axis: number, batchDims: number): tf.Tensor {
  if (batchDims !== 0) throw new Error('GatherV2 with batchDims has no derivative here');
  const [at] = tf.util.parseAxisParam(axis, shape);
  const rows = tf.reshape(dy, [...shape.slice(0, at), indices.size, ...shape.slice(at + 1)]);
  const first = [at, ...shape.keys().filter((one) => one !== at)];
  const summed = addRows(at === 0 ? rows : tf.transpose(rows, first), tf.reshape(indices, [-1]), shape[at]);
  return at === 0 ? summed : tf.transpose(summed, inverse(first));
}

/** [count, ...] whose row r is the sum of the rows i of x with indices[i] = r. */
function addRows(x: tf.Tensor, indices: tf.Tensor, count: number): tf.Tensor {
  if (tf.getBackend() === 'native') return nativeAddRows(x, indices, count);
  const numbers = tf.reshape(tf.range(0, count, 1, 'int32'), [count, 1]);
  const picked = tf.cast(tf.equal(numbers, tf.reshape(indices, [1, -1])), 'float32');
  return tf.reshape(tf.matMul(picked, tf.reshape(x, [indices.size, -1])), [count, ...x.shape.slice(1)]);
}
