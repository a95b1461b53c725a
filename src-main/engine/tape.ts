import * as tf from '@tensorflow/tfjs-core';
import { elementwise } from './derivatives/elementwise.ts';
import { movement } from './derivatives/movement.ts';
import { products } from './derivatives/products.ts';
import { reductions } from './derivatives/reductions.ts';

/*
 * The derivatives of the operations that models are written in. tfjs-core's bundle for Node brings the tape but none of its
 * gradients (they come with the union package alone), so they stand in derivatives/, one line of calculus each. An operation
 * that is missing is reported by the tape by name. All are held to numeric differences in tests/engine/tape.test.ts.
 */

/** Teaches the tape these derivatives. */
export function registerGradients(): void {
  const rules = { ...elementwise, ...movement, ...products, ...reductions };
  for (const [kernelName, rule] of Object.entries(rules)) tf.registerGradient({ kernelName, ...rule });
}
