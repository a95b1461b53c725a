import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Networks, type Network } from '#main/inspection/networks.ts';
import { readWeights } from '#main/models/model.ts';
import { encodeTrained } from '#main/models/trained.ts';
import { describeBackends } from '../engine/backends-here.ts';
import { madeNetwork } from './made-network.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hark-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(seed: number): string {
  const { model, description } = madeNetwork({ cell: 'gru', hiddenSize: 3 }, { seed });
  const file = path.join(folder, `${seed}.safetensors`);
  writeFileSync(file, encodeTrained({ description, weights: readWeights(model) }));
  model.dispose();
  return file;
}

describeBackends('networks at hand', () => {
  test('the last few asked for are kept, the others let go', () => {
    const networks = new Networks();
    const files = Array.from({ length: 12 }, (_, seed) => written(seed));
    const before = tf.memory().numTensors;
    const first = networks.get(files[0]);
    const each = tf.memory().numTensors - before;
    for (const file of files.slice(1)) networks.get(file);
    expect(tf.memory().numTensors - before).toBe(8 * each);
    expect(networks.get(files[11])).toBe(networks.get(files[11]));
    expect(networks.get(files[0])).not.toBe(first);
  });

  test('one in use is kept whatever else is asked for meanwhile, and goes later', async () => {
    const networks = new Networks();
    const files = Array.from({ length: 12 }, (_, seed) => written(seed));
    const x = tf.zeros<tf.Rank.R3>([1, 2, 6]);
    const said = ({ model }: Network) => [...tf.tidy(() => model.forward(x, null, { training: false })).dataSync()];
    const used = await networks.using(files[0], async (network) => {
      const before = said(network);
      await networks.using(files[0], async () => {});
      for (const file of files.slice(1)) networks.get(file);
      expect(said(network)).toEqual(before);
      return network;
    });
    expect(networks.get(files[0])).toBe(used);
    for (const file of files.slice(1)) networks.get(file);
    expect(networks.get(files[0])).not.toBe(used);
  });
});
