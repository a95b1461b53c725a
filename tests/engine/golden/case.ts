import * as tf from '@tensorflow/tfjs-core';
import { relativeError, type GoldenTensor } from '../../support/shared.ts';

/** A case of the reference values, as the test and the table run it on whatever backend is in use. */
export interface GoldenCase {
  group: string;
  /** Operation within the group, e.g. `Conv1d`: a row of the table. */
  kind: string;
  title: string;
  /** What the errors are held below, relative. */
  tolerance: number;
  /** Error of each value that PyTorch gave, by name. */
  errors: () => Record<string, number>;
}

export type Outcome = { state: 'passes' } | { state: 'lacks'; operation: string } | { state: 'fails'; reason: string };

/** Runs a case; an operation that the backend in use does not have is told from a wrong value. */
export function outcomeOf({ errors, tolerance }: GoldenCase): Outcome {
  try {
    const found = tf.tidy(() => errors() as unknown as tf.TensorContainer) as unknown as Record<string, number>;
    const wrong = Object.entries(found).filter(([, error]) => !(error < tolerance));
    if (wrong.length === 0) return { state: 'passes' };
    return { state: 'fails', reason: wrong.map(([name, error]) => `${name}: ${error.toExponential(1)}`).join(', ') };
  } catch (thrown) {
    const { message } = thrown as Error;
    const lacking = /Kernel '(\w+)' not registered|registered kernel '(\w+)' for backend/.exec(message);
    if (lacking) return { state: 'lacks', operation: lacking[1] ?? lacking[2] };
    return { state: 'fails', reason: message };
  }
}

/** Makes tensors of a group's reference values, and holds tensors to them. */
export function against(tensor: (at: GoldenTensor) => Float32Array) {
  return {
    make: (at: GoldenTensor) => tf.tensor(tensor(at).slice(), at.shape),
    error: (found: tf.Tensor, at: GoldenTensor) => relativeError(found.dataSync(), tensor(at)),
  };
}
