import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import { ctcLoss } from '#main/engine/losses/ctc.ts';
import { cosineEmbeddingLoss } from '#main/engine/losses/embedding.ts';
import { golden, relativeError, type GoldenTensor } from '../../support/shared.ts';
import { against, type GoldenCase } from './case.ts';

interface CrossEntropyCase {
  logits: GoldenTensor;
  targets: number[];
  label_smoothing?: number;
  loss: number;
  grad: GoldenTensor;
}
interface CtcCase {
  blank: number;
  /** [time, batch, classes] */
  logits_tbc: GoldenTensor;
  targets: number[][];
  input_lengths: number[];
  loss_per_item: number[];
  /** Of their sum. */
  grad: GoldenTensor;
}
interface CosineCase {
  margin: number;
  a: GoldenTensor;
  b: GoldenTensor;
  targets: number[];
  loss: number;
  grad_a: GoldenTensor;
  grad_b: GoldenTensor;
}

const { cases, tensor } = golden<{ kind: string; label_smoothing?: number }>('losses');
const { make, error } = against(tensor);

/** Our loss for each of PyTorch's: to hold a new one to its reference values, add it here. */
const losses: Record<string, (item: never) => Record<string, number>> = {
  cross_entropy: ({ logits, targets, label_smoothing, loss, grad }: CrossEntropyCase) => {
    const { value, grad: gradient } = tf.valueAndGrad((z: tf.Tensor) =>
      crossEntropy(z as tf.Tensor2D, Int32Array.from(targets), { labelSmoothing: label_smoothing }),
    )(make(logits));
    return { loss: relativeError(value.dataSync(), [loss]), grad: error(gradient, grad) };
  },
  ctc: ({ blank, logits_tbc, targets, input_lengths, loss_per_item, grad }: CtcCase) => {
    const lengths = Int32Array.from(input_lengths);
    const loss = <R extends 'none' | 'sum'>(logits: tf.Tensor, reduction: R) =>
      ctcLoss(tf.transpose(logits, [1, 0, 2]) as tf.Tensor3D, targets, { blank, lengths, reduction });
    const logits = make(logits_tbc);
    return {
      loss: relativeError(loss(logits, 'none').dataSync(), loss_per_item),
      grad: error(tf.grad((z) => loss(z, 'sum'))(logits), grad),
    };
  },
  cosine_embedding: ({ margin, a, b, targets, loss, grad_a, grad_b }: CosineCase) => {
    const { value, grads } = tf.valueAndGrads((...[x, y]: tf.Tensor[]) =>
      cosineEmbeddingLoss(x as tf.Tensor2D, y as tf.Tensor2D, Int32Array.from(targets), { margin }),
    )([make(a), make(b)]);
    return {
      loss: relativeError(value.dataSync(), [loss]),
      'grad a': error(grads[0], grad_a),
      'grad b': error(grads[1], grad_b),
    };
  },
};

export const lossCases: GoldenCase[] = cases.map((item, index) => ({
  group: 'losses',
  kind: item.kind,
  title: `${item.kind} ${index + 1}${item.label_smoothing === undefined ? '' : `, smoothing ${item.label_smoothing}`}`,
  tolerance: 1e-5,
  errors: () => losses[item.kind](item as never),
}));
