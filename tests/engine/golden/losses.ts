import * as tf from '@tensorflow/tfjs-core';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import { golden, type GoldenTensor } from '../../support/shared.ts';
import { against, type GoldenCase } from './case.ts';

interface CrossEntropyCase {
  kind: 'cross_entropy';
  logits: GoldenTensor;
  targets: number[];
  label_smoothing?: number;
  loss: number;
  grad: GoldenTensor;
}
type LossCase = CrossEntropyCase | { kind: string };

const { cases, tensor } = golden<LossCase>('losses');
const { make, error } = against(tensor);

/** Our loss for each of PyTorch's: to hold a new one to its reference values, add it here. */
const losses: Partial<Record<string, (item: never) => Record<string, number>>> = {
  cross_entropy: ({ logits, targets, label_smoothing, loss, grad }: CrossEntropyCase) => {
    const { value, grad: gradient } = tf.valueAndGrad((z: tf.Tensor) =>
      crossEntropy(z as tf.Tensor2D, Int32Array.from(targets), { labelSmoothing: label_smoothing }),
    )(make(logits));
    return { loss: Math.abs(value.dataSync()[0] - loss) / loss, grad: error(gradient, grad) };
  },
};

export const lossCases: GoldenCase[] = cases.map((item, index) => {
  const run = losses[item.kind];
  const { label_smoothing: smoothing } = item as CrossEntropyCase;
  return {
    group: 'losses',
    kind: item.kind,
    title: `${item.kind} ${index + 1}${smoothing === undefined ? '' : `, smoothing ${smoothing}`}`,
    tolerance: 1e-4,
    errors: run ? () => run(item as never) : null,
  };
});
