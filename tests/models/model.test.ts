import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { batchNormLayer } from '#main/models/layers/norms.ts';
import { createModel, readWeights, writeWeights } from '#main/models/model.ts';
import { decodeSafetensors, encodeSafetensors } from '#main/models/safetensors.ts';
import type { Model } from '#main/models/types.ts';
import { ModelSpec } from '#shared/domain/model-spec.ts';
import { backendsHere } from '../engine/backends-here.ts';
import { values } from '../engine/two-forms.ts';

/** A classifier of frames that a batch normalisation stands before. */
function normalised(): Model {
  const own = createModel(
    ModelSpec.parse({ cell: 'dnn', hiddenSize: 4, inputDropout: 0, dropout: 0 }),
    { inputSize: 3, classes: 2 },
    1,
  );
  const norm = batchNormLayer('norm', 3);
  return {
    ...own,
    parameters: new Map([...norm.parameters, ...own.parameters]),
    buffers: norm.buffers,
    forward: (x, lengths, mode) => own.forward(norm.forward(x, lengths, mode), lengths, mode),
  };
}

describe.each(backendsHere)('weights of a model on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it('go with their buffers from one to another through a file, which then says the same', () => {
    const [one, two] = [normalised(), normalised()];
    const x = values([2, 5, 3]) as tf.Tensor3D;
    const lengths = Int32Array.of(5, 3);
    tf.tidy(() => void one.forward(x, lengths, { training: true }));
    const file = encodeSafetensors({ tensors: readWeights(one), metadata: {} });
    const { tensors } = decodeSafetensors(file, 'file');
    expect([...tensors.keys()]).toContain('norm.num_batches_tracked');
    const logits = (model: Model) => [...model.forward(x, lengths, { training: false }).dataSync()];
    expect(logits(two)).not.toEqual(logits(one));
    writeWeights(two, tensors);
    expect(readWeights(two)).toEqual(readWeights(one));
    expect(logits(two)).toEqual(logits(one));
  });

  it('without their buffers, or with foreign ones, are refused', () => {
    const model = normalised();
    const weights = readWeights(model);
    weights.delete('norm.running_var');
    expect(() => writeWeights(model, weights)).toThrow('norm.running_var is missing');
    const plain = createModel(model.spec, { inputSize: 3, classes: 2 }, 1);
    expect(plain.buffers.size).toBe(0);
    const more = readWeights(plain).set('norm.running_var', { shape: [3], values: new Float32Array(3) });
    expect(() => writeWeights(plain, more)).toThrow('norm.running_var is not known');
  });
});
