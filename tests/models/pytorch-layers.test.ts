import { spawnSync } from 'node:child_process';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { changeVariable } from '#main/engine/values.ts';
import { multiheadAttentionLayer } from '#main/models/layers/attention.ts';
import { batchNormLayer } from '#main/models/layers/norms.ts';
import { Random } from '#shared/math/random.ts';
import { backendsHere } from '../engine/backends-here.ts';
import { values } from '../engine/two-forms.ts';
import { relativeError } from '../support/shared.ts';

/** What the stored reference values do not hold: running statistics, evaluation, images, masks, weights given out. */
const python = process.env['HARK_PYTHON'] ?? '/usr/bin/python3';
const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0;
if (!hasTorch) console.warn(`${python} has no PyTorch: layers are not held to it. Set HARK_PYTHON.`);

const plain = (tensor: tf.Tensor) => ({ shape: tensor.shape, values: [...tensor.dataSync()] });
type Plain = ReturnType<typeof plain>;

/** What PyTorch said: the backends ask the same. */
const said = new Map<string, Record<string, number[]>>();

/** Runs lines of Python with the tensors of `given` at hand; they put tensors into `out`. */
function torch(given: Record<string, Plain>, code: string): Record<string, number[]> {
  const script = `
import json, sys, torch, torch.nn as nn
given = {k: torch.tensor(v['values']).reshape(v['shape']) for k, v in json.load(sys.stdin).items()}; out = {}
${code}
print(json.dumps({k: v.detach().float().flatten().tolist() for k, v in out.items()}))
`;
  const input = JSON.stringify(given);
  const known = said.get(script + input);
  if (known) return known;
  const ran = spawnSync(python, ['-c', script], { encoding: 'utf8', input });
  if (ran.status !== 0) throw new Error(ran.stderr);
  const answer = JSON.parse(ran.stdout) as Record<string, number[]>;
  said.set(script + input, answer);
  return answer;
}

const expectClose = (found: Record<string, tf.Tensor>, wanted: Record<string, number[]>) => {
  expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, tensor] of Object.entries(found))
    expect(relativeError(tensor.dataSync(), wanted[name]), name).toBeLessThan(2e-5);
};

describe.skipIf(!hasTorch).each(backendsHere)('layers on %s do as PyTorch’s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  it.each([
    ['BatchNorm1d', [6, 5]],
    ['BatchNorm1d', [3, 5, 7]],
    ['BatchNorm2d', [3, 5, 4, 6]],
  ] as const)('nn.%s over %j: two batches of training, then evaluation, with gradients', (kind, shape) => {
    const norm = batchNormLayer('norm', 5, { channels: 'second', momentum: 0.3, eps: 1e-4 });
    const start = { weight: values([5], 3), bias: values([5], 4) };
    for (const [name, tensor] of Object.entries(start))
      changeVariable(norm.parameters.get(`norm.${name}`)!, (held) => held.set(tensor.dataSync()));
    const batches = [1, 2, 3].map((seed) => tf.add(tf.mul(values([...shape], seed), 2), 0.5));
    const run = (x: tf.Tensor, training: boolean) => norm.forward(x, null, { training });
    const gradient = (x: tf.Tensor, training: boolean) =>
      tf.grad((t) => tf.sum(tf.mul(run(t, training), values([...shape], 9))))(x);
    run(batches[0], true);
    const dTraining = gradient(batches[1], true);
    const found = { y: run(batches[2], false), dTraining, dEvaluation: gradient(batches[2], false) };
    const buffers = Object.fromEntries([...norm.buffers].map(([name, held]) => [name.slice(5), held]));
    const wanted = torch(
      {
        ...{
          a: plain(batches[0]),
          b: plain(batches[1]),
          c: plain(batches[2]),
          direction: plain(values([...shape], 9)),
        },
        ...{ weight: plain(start.weight), bias: plain(start.bias) },
      },
      `
n = nn.${kind}(5, eps=1e-4, momentum=0.3)
with torch.no_grad(): n.weight.copy_(given['weight']); n.bias.copy_(given['bias'])
a, b, c = (given[k].requires_grad_() for k in 'abc')
n(a); (n(b) * given['direction']).sum().backward(); n.eval(); out['y'] = n(c); (out['y'] * given['direction']).sum().backward()
out['dTraining'] = b.grad; out['dEvaluation'] = c.grad; out.update({k: v for k, v in n.state_dict().items() if k not in ('weight', 'bias')})
`,
    );
    expectClose({ ...found, ...buffers }, wanted);
  });

  it.each([false, true])('nn.MultiheadAttention over other frames, some of them padding, causal: %s', (causal) => {
    const layer = multiheadAttentionLayer('attention', { embedDim: 12, numHeads: 3 }, new Random(5));
    const named = Object.fromEntries([...layer.parameters].map(([name, held]) => [name.slice(10), plain(held)]));
    const inputs = { query: values([2, 6, 12]), key: values([2, 9, 12], 2), value: values([2, 9, 12], 3) };
    const options = { keyLengths: Int32Array.of(9, 4), causal, weights: 'average' } as const;
    const run = (...tensors: tf.Tensor[]) => {
      const [query, key, value] = tensors as tf.Tensor3D[];
      return layer.apply({ query, key, value }, options, { training: false });
    };
    const { output, weights } = run(...Object.values(inputs));
    const [dQuery, dKey, dValue] = tf.grads((...t: tf.Tensor[]) => {
      const found = run(...t);
      return tf.add(tf.sum(tf.square(found.output)), tf.sum(tf.square(found.weights!))) as tf.Scalar;
    })(Object.values(inputs));
    const wanted = torch(
      { ...named, ...Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, plain(tensor)])) },
      `
n = nn.MultiheadAttention(12, 3, batch_first=True)
q, k, v = (given.pop(name).requires_grad_() for name in ('query', 'key', 'value')); n.load_state_dict(given)
padding = torch.arange(9)[None] >= torch.tensor([9, 4])[:, None]
mask = torch.ones(6, 9).triu(1).bool() if ${causal ? 'True' : 'False'} else None
out['output'], out['weights'] = n(q, k, v, key_padding_mask=padding, attn_mask=mask)
(out['output'].square().sum() + out['weights'].square().sum()).backward()
out['dQuery'], out['dKey'], out['dValue'] = q.grad, k.grad, v.grad
`,
    );
    expectClose({ output, weights: weights!, dQuery, dKey, dValue }, wanted);
  });
});
