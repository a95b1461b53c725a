import type * as tf from '@tensorflow/tfjs-core';
import { linear } from '#main/engine/linear.ts';
import type { Random } from '#shared/math/random.ts';
import { uniformParameter } from './parameter.ts';

export interface LinearLayer {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** @param x [..., inSize] @returns [..., outSize] */
  apply<T extends tf.Tensor>(x: T): T;
}

/** PyTorch's nn.Linear: `<name>.weight` [outSize, inSize], `<name>.bias` [outSize]. */
export function linearLayer(name: string, inSize: number, outSize: number, random: Random): LinearLayer {
  const weight = uniformParameter([outSize, inSize], inSize, random);
  const bias = uniformParameter([outSize], inSize, random);
  return {
    parameters: new Map([
      [`${name}.weight`, weight],
      [`${name}.bias`, bias],
    ]),
    apply: (x) => linear(x, weight, bias),
  };
}
