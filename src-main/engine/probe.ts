import * as tf from '@tensorflow/tfjs-core';
import type { BackendReport } from '#shared/domain/system.ts';
import { reasonOf, startBackend } from './backend.ts';

/*
 * A process that starts the backend its environment names, computes one product with it, says how that went and waits to be
 * ended. Whatever a backend does to a process (load a library, take an illegal instruction), it does to this one.
 */

export type ProbeAnswer = { report: BackendReport } | { reason: string };

async function probe(): Promise<ProbeAnswer> {
  try {
    const report = await startBackend();
    const product = tf.matMul(tf.tensor2d([1, 2], [1, 2]), tf.tensor2d([3, 4], [2, 1])).dataSync()[0];
    return product === 11 ? { report } : { reason: `it computes 1 * 3 + 2 * 4 as ${product}` };
  } catch (thrown) {
    return { reason: reasonOf((thrown as Error).cause ?? thrown) };
  }
}

/** As much of Electron's `process.parentPort` as is needed. */
const { parentPort } = process as unknown as { parentPort?: { postMessage(message: unknown): void } };
const answer = await probe();
if (parentPort) parentPort.postMessage(answer);
else process.send?.(answer);
