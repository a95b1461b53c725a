import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { createModel, readWeights, writeWeights } from '#main/models/model.ts';
import { changeVariable } from '#main/engine/values.ts';
import { encodeSafetensors } from '#main/models/safetensors.ts';
import { ModelSpec } from '#shared/domain/model-spec.ts';
import { Random } from '#shared/math/random.ts';
import { backendsHere } from '../engine/backends-here.ts';
import { relativeError } from '../support/shared.ts';

/*
 * The promise of the weights file: PyTorch takes it by name and layout and says the same. The reader on the other side is a few
 * lines after the format's description, so that nothing but PyTorch is needed.
 */
const READER = `
import json, struct, sys, torch, torch.nn as nn
file, cell, inputs, hidden, layers, both = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7])
raw = open(file, 'rb').read(); n = struct.unpack('<Q', raw[:8])[0]; head = json.loads(raw[8:8 + n]); head.pop('__metadata__')
def tensor(e):
    a, b = e['data_offsets']; return torch.frombuffer(bytearray(raw[8 + n + a:8 + n + b]), dtype=torch.float32).reshape(e['shape'])
state = {k: tensor(e) for k, e in head.items()}
x = state.pop('x'); lengths = state.pop('lengths').long()
rnn = getattr(nn, cell.upper())(inputs, hidden, layers, batch_first=True, bidirectional=bool(both))
own = {k[4:]: v for k, v in state.items() if k.startswith('rnn.')}
assert not rnn.load_state_dict(own, strict=False).missing_keys
ends = [f'l{n}{r}' for n in range(layers) for r in (['', '_reverse'] if both else [''])]
begin = [torch.stack([own[f'{s}_{e}'] for e in ends])[:, None].repeat(1, len(x), 1) for s in ('h0', 'c0') if s + '_l0' in own]
fc = nn.Linear(*reversed(state['head.weight'].shape)); fc.load_state_dict({k[5:]: v for k, v in state.items() if k.startswith('head.')})
with torch.no_grad():
    packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
    o, h = rnn(packed, *([tuple(begin)] if len(begin) == 2 else begin)); h = h[0] if isinstance(h, tuple) else h
    o, _ = nn.utils.rnn.pad_packed_sequence(o, batch_first=True)
    mask = (torch.arange(o.shape[1])[None] < lengths[:, None])[..., None]
    pooled = {'mean': (o * mask).sum(1) / lengths[:, None], 'max': o.masked_fill(~mask, -1e9).max(1).values,
              'last': torch.cat([h[-2], h[-1]], 1) if both else h[-1]}
    print(json.dumps({k: fc(v).flatten().tolist() for k, v in pooled.items()}))
`;

const python = process.env['HARK_PYTHON'] ?? '/usr/bin/python3';
const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0;
if (!hasTorch) console.warn(`${python} has no PyTorch: loading weights in PyTorch is not tested. Set HARK_PYTHON.`);

describe.skipIf(!hasTorch)('PyTorch loads the weights and says the same', () => {
  test.each([
    ['lstm', 2, true, 'zeros'],
    ['gru', 1, false, 'zeros'],
    ['rnn', 2, true, 'zeros'],
    ['lstm', 2, true, 'learnt'],
    ['gru', 2, false, 'learnt'],
  ] as const)('%s, %i layers, both directions %s, initial state %s', async (...setting) => {
    const [cell, numLayers, bidirectional, initialState] = setting;
    const [batch, time, inputSize, hiddenSize] = [3, 11, 6, 9];
    const spec = (pooling: string) =>
      ModelSpec.parse({ cell, hiddenSize, numLayers, bidirectional, initialState, pooling });
    await startBackend({ prefer: 'cpu' });
    const model = createModel(spec('mean'), { inputSize, classes: 4 }, 12);
    const random = new Random(3, 'clips');
    for (const [name, variable] of model.parameters)
      if (/\.[hc]0_/.test(name)) changeVariable(variable, (values) => values.forEach((_, i) => (values[i] = random.normal()))); // prettier-ignore
    const x = Float32Array.from({ length: batch * time * inputSize }, () => random.normal());
    const lengths = [11, 4, 1];
    const weights = readWeights(model);
    const tensors = new Map(weights)
      .set('x', { shape: [batch, time, inputSize], values: x })
      .set('lengths', { shape: [batch], values: Float32Array.from(lengths) });
    const folder = mkdtempSync(path.join(os.tmpdir(), 'hark-pytorch-'));
    try {
      const file = path.join(folder, 'weights.safetensors');
      writeFileSync(file, encodeSafetensors({ tensors, metadata: { format: 'pt' } }));
      const args = [file, cell, inputSize, hiddenSize, numLayers, bidirectional ? 1 : 0].map(String);
      const ran = spawnSync(python, ['-c', READER, ...args], { encoding: 'utf8' });
      expect(ran.stderr).not.toContain('Error');
      const wanted = JSON.parse(ran.stdout) as Record<string, number[]>;
      for (const backend of backendsHere) {
        await startBackend({ prefer: backend });
        for (const pooling of ['mean', 'max', 'last']) {
          const own = createModel(spec(pooling), { inputSize, classes: 4 }, 12);
          writeWeights(own, weights);
          const logits = own.forward(tf.tensor3d(x, [batch, time, inputSize]), Int32Array.from(lengths), {
            training: false,
          });
          expect(relativeError(logits.dataSync(), wanted[pooling]), `${pooling} on ${backend}`).toBeLessThan(1e-5);
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
