import * as tf from '@tensorflow/tfjs-core';
import { dropout } from '#main/engine/dropout.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { ModelSpec } from '#shared/domain/model-spec.ts';
import { Random } from '#shared/math/random.ts';
import { frameDense } from './layers/frame-dense.ts';
import { linearLayer } from './layers/linear.ts';
import { poolingLayer } from './layers/pooling.ts';
import { prefixParts } from './layers/prefix-parts.ts';
import { recurrentStack } from './layers/recurrent-stack.ts';
import type { Layer, Model, ModelSize } from './types.ts';

/**
 * One class for a whole clip: input dropout, a body of recurrent (or frame-wise) layers, one vector from all the clip's frames,
 * a linear head. Parameters are those of a PyTorch module `{ rnn: nn.RNN | nn.LSTM | nn.GRU, head: nn.Linear }`, or
 * `{ dense: nn.ModuleList, head }` for `dnn`; with pooling by attention `attention` beside them.
 *
 * `residual`, `initialState`, `recurrentDropout` and `layerNorm` change the body alone (the last three not that of `dnn`, `context`
 * that of `dnn` alone).
 * @param seed of the initial weights
 */
export function classifier(spec: ModelSpec, size: ModelSize, seed: number): Model {
  const random = new Random(seed, 'weights');
  const width = spec.hiddenSize * (isOneWay(spec) ? 1 : 2);
  const body = createBody(spec, size.inputSize, random);
  const poolingOptions = { width, bidirectional: !isOneWay(spec), attentionSize: spec.hiddenSize };
  const pooling = poolingLayer(spec.pooling, poolingOptions, random);
  const head = linearLayer('head', width, size.classes, random);
  const parameters = new Map([...body.parameters, ...pooling.parameters, ...head.parameters]);
  const buffers = new Map(body.buffers);

  const forward: Model['forward'] = (x, lengths, mode) => {
    if (mode.training && spec.inputDropout + spec.dropout + spec.recurrentDropout > 0 && !mode.random)
      throw new HarkError('internal', 'A model with dropout was trained without a source of random numbers.');
    const drop = <T extends tf.Tensor>(tensor: T, rate: number): T =>
      mode.training && rate > 0 ? dropout(tensor, rate, mode.random!) : tensor;
    const frames = body.forward(drop(x, spec.inputDropout), lengths, mode);
    const pooled = pooling.forward(mode.from === 'end' ? fromTheEnd(spec, frames, lengths) : frames, lengths, mode);
    mode.watchPooled?.(pooled);
    return head.apply(drop(pooled, spec.dropout));
  };

  return {
    spec,
    ...size,
    parameters,
    buffers,
    forward,
    *forwardPrefixes(x, ends) {
      const still = { training: false } as const;
      if (!seesAhead(spec))
        return yield tf.tidy(() => head.apply(pooling.prefixes(body.forward(x, null, still), ends)));
      // Where frames depend on later ones, each end is another sequence.
      for (const lengths of prefixParts(ends))
        yield tf.tidy(() => {
          const longest = tf.slice3d(x, [0, 0, 0], [1, lengths.at(-1)!, size.inputSize]);
          return forward(tf.tile(longest, [lengths.length, 1, 1]), lengths, still);
        });
    },
    dispose: () => [...parameters.values(), ...buffers.values()].forEach((variable) => variable.dispose()),
  };
}

/** Whether its frames have one half alone, that of the way forwards. */
const isOneWay = (spec: ModelSpec): boolean => !spec.bidirectional || spec.cell === 'dnn';

/** Whether what stands at a frame depends on later ones too. */
const seesAhead = (spec: ModelSpec): boolean => (spec.cell === 'dnn' ? spec.context > 0 : spec.bidirectional);

function createBody(spec: ModelSpec, inputSize: number, random: Random): Layer {
  const { cell, ...options } = { ...spec, inputSize };
  return cell === 'dnn'
    ? frameDense('dense', options, random)
    : recurrentStack('rnn', { cell, ...options, overFeatures: true }, random);
}

/** The same frames, through which gradients flow at the last one of each direction alone. */
function fromTheEnd(spec: ModelSpec, frames: tf.Tensor3D, lengths: Int32Array | null): tf.Tensor3D {
  const [batch, time, size] = frames.shape;
  const open = tf.buffer([batch, time, size]);
  const forward = isOneWay(spec) ? size : size / 2;
  for (let b = 0; b < batch; b++)
    for (let unit = 0; unit < size; unit++) open.set(1, b, unit < forward ? (lengths?.[b] ?? time) - 1 : 0, unit);
  const mask = open.toTensor();
  return tf.customGrad((...args) => {
    const [x, save] = args as [tf.Tensor, tf.GradSaveFunc];
    save([mask]);
    return { value: tf.clone(x), gradFunc: (dy, saved) => tf.mul(dy, saved[0]) };
  })(frames) as tf.Tensor3D;
}
