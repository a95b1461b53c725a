import * as tf from '@tensorflow/tfjs-core';

/*
 * The derivatives of the operations that models are written in. tfjs-core's bundle for Node brings the tape but none of its
 * gradients (they come with the union package alone), so they stand here, one line of calculus each. An operation that is
 * missing is reported by the tape by name. All are held to numeric differences in tests/engine/tape.test.ts.
 */
type Backward = tf.GradFunc;
interface Rule {
  inputsToSave?: string[];
  outputsToSave?: boolean[];
  saveAllInputs?: boolean;
  gradFunc: Backward;
}

/** Sums over the axes along which `shape` was broadcast. */
function unbroadcast(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, shape);
}

/** y = f(x), where `slope` gives dx from dy and what was saved. */
const unary = (save: 'x' | 'y', slope: (dy: tf.Tensor, saved: tf.Tensor) => tf.Tensor, input = 'x'): Rule => ({
  ...(save === 'x' ? { inputsToSave: [input] } : { outputsToSave: [true] }),
  gradFunc: (dy, [saved]) => ({ [input]: () => slope(dy as tf.Tensor, saved) }),
});

/** y = f(a, b) with broadcasting. */
const binary = (da: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor, db: typeof da): Rule => ({
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b]) => ({
    a: () => unbroadcast(da(dy as tf.Tensor, a, b), a.shape),
    b: () => unbroadcast(db(dy as tf.Tensor, a, b), b.shape),
  }),
});

/** Values move but do not change: only the way back differs. */
const moved = (input: string, back: (dy: tf.Tensor, x: tf.Tensor, attrs: tf.NamedAttrMap) => tf.Tensor): Rule => ({
  inputsToSave: [input],
  gradFunc: (dy, [x], attrs) => ({ [input]: () => back(dy as tf.Tensor, x, attrs) }),
});

const reshapeBack = (dy: tf.Tensor, x: tf.Tensor) => tf.reshape(dy, x.shape);

const rules: Record<string, Rule> = {
  Add: binary(
    (dy) => dy,
    (dy) => dy,
  ),
  Sub: binary(
    (dy) => dy,
    (dy) => tf.neg(dy),
  ),
  Multiply: binary(
    (dy, _, b) => tf.mul(dy, b),
    (dy, a) => tf.mul(dy, a),
  ),
  RealDiv: binary(
    (dy, _, b) => tf.div(dy, b),
    (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
  ),
  Tanh: unary('y', (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y)))),
  Sigmoid: unary('y', (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  Relu: unary('y', (dy, y) => tf.mul(dy, tf.step(y))),
  Exp: unary('y', (dy, y) => tf.mul(dy, y)),
  Log: unary('x', (dy, x) => tf.div(dy, x)),
  Neg: unary('x', (dy) => tf.neg(dy)),
  Square: unary('x', (dy, x) => tf.mul(dy, tf.mul(2, x))),
  Sqrt: unary('y', (dy, y) => tf.div(dy, tf.mul(2, y))),
  Identity: unary('x', (dy) => dy),
  Cast: unary('x', (dy) => dy),
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
  Sum: moved('x', (dy, x, { axis }) => {
    const kept = [...x.shape];
    for (const one of tf.util.parseAxisParam(axis as number | number[], x.shape)) kept[one] = 1;
    return tf.broadcastTo(tf.reshape(dy, kept), x.shape);
  }),
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
  Select: {
    inputsToSave: ['condition'],
    gradFunc: (dy, [condition]) => {
      const mask = tf.cast(condition, 'float32');
      return {
        condition: () => tf.zerosLike(mask),
        t: () => tf.mul(dy as tf.Tensor, mask),
        e: () => tf.mul(dy as tf.Tensor, tf.sub(1, mask)),
      };
    },
  },
  Softmax: unary(
    'y',
    (dy, y) => {
      const weighed = tf.mul(dy, y);
      return tf.sub(weighed, tf.mul(tf.sum(weighed, -1, true), y));
    },
    'logits',
  ),
  BatchMatMul: {
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b], { transposeA, transposeB }) => ({
      a: () =>
        unbroadcast(
          transposeA
            ? tf.matMul(b, dy as tf.Tensor, !!transposeB, true)
            : tf.matMul(dy as tf.Tensor, b, false, !transposeB),
          a.shape,
        ),
      b: () =>
        unbroadcast(
          transposeB
            ? tf.matMul(dy as tf.Tensor, a, true, !!transposeA)
            : tf.matMul(a, dy as tf.Tensor, !transposeA, false),
          b.shape,
        ),
    }),
  },
};

/** The tape gives a single output's gradient bare. */
const list = (dys: tf.Tensor | tf.Tensor[]) => (Array.isArray(dys) ? dys : [dys]);

/** Gradients of an operation whose inputs are a list. */
function each(gradients: tf.Tensor[]): ReturnType<Backward> {
  return Object.fromEntries(gradients.map((gradient, index) => [index, () => gradient]));
}

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

/** Teaches the tape these derivatives. */
export function registerGradients(): void {
  for (const [kernelName, rule] of Object.entries(rules)) tf.registerGradient({ kernelName, ...rule });
}
