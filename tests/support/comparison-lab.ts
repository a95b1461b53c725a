import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SoundPool } from '#main/audio/sound-pool.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { importDataset } from '#main/datasets/import.ts';
import { createComparisons } from '#main/experiments/comparisons.ts';
import { createContext, type ExperimentContext } from '#main/experiments/context.ts';
import { createSweeps } from '#main/experiments/sweeps/sweeps.ts';
import type { Sweeps } from '#main/experiments/sweeps/types.ts';
import type { Comparisons } from '#main/experiments/types.ts';
import { openLab, type Lab } from '#main/lab/lab.ts';
import { ComparisonSpec, type ComparisonSpecInput } from '#shared/domain/comparison.ts';
import { Random } from '#shared/math/random.ts';
import { testHost } from './host.ts';

const RATE = 4000;

/**
 * Writes a small dataset of real sound files: a tone that rises or falls (the same tones in another order), by several
 * speakers, in a folder a class. @returns its folder
 */
export function writeTones(folder: string, clipsPerClass = 30): string {
  for (const label of ['falling', 'rising']) {
    mkdirSync(path.join(folder, label), { recursive: true });
    for (let clip = 0; clip < clipsPerClass; clip++) {
      const random = new Random(clip, label);
      const samples = new Float32Array(Math.round(RATE * random.between(0.2, 0.35)));
      let phase = 0;
      for (let i = 0; i < samples.length; i++) {
        const share = label === 'rising' ? i / samples.length : 1 - i / samples.length;
        phase += (2 * Math.PI * (300 + 900 * share)) / RATE;
        samples[i] = 0.4 * Math.sin(phase) + 0.02 * random.normal();
      }
      writeFileSync(path.join(folder, label, `${clip}.wav`), encodeWav([samples], RATE));
    }
  }
  return folder;
}

export interface OpenedLab {
  lab: Lab;
  host: ReturnType<typeof testHost>;
  pool: SoundPool;
  context: ExperimentContext;
  comparisons: Comparisons;
  sweeps: Sweeps;
  close(): Promise<void>;
}

/** Opens a lab with everything a comparison needs. */
export async function openTestLab(folder: string, environment: Record<string, string> = {}): Promise<OpenedLab> {
  const lab = await openLab(folder, 'test');
  const host = testHost(environment);
  const pool = new SoundPool({ entry: host.entry('feature-worker'), workers: 1 });
  const context = createContext({ lab, host, pool });
  const comparisons = createComparisons(context);
  const sweeps = createSweeps({ store: lab.store, comparisons });
  return {
    ...{ lab, host, pool, context, comparisons, sweeps },
    async close() {
      await Promise.all([sweeps.close(), comparisons.close()]);
      context.close();
      await pool.close();
      lab.close();
    },
  };
}

export async function importTones({ lab, pool }: OpenedLab, folder: string): Promise<number> {
  const { dataset } = await importDataset(lab, {
    path: folder,
    layout: 'folder',
    name: 'tones',
    inspect: (paths, options) => pool.inspect(paths, options),
  });
  return dataset;
}

/** A comparison that takes a second or two. */
export function tonesSpec(dataset: number, changes: Partial<ComparisonSpecInput> = {}): ComparisonSpec {
  return ComparisonSpec.parse({
    dataset,
    cells: ['rnn', 'gru'],
    split: { by: 'random', testFraction: 0.25, validationFraction: 0.2, allowLeaks: true },
    features: { kind: 'logmel', sampleRate: RATE, nFft: 128, hopLength: 64, nMels: 12 },
    ...changes,
    model: { hiddenSize: 12, dropout: 0.1, ...changes.model },
    training: { epochs: 4, batchSize: 8, learningRate: 0.02, ...changes.training },
  });
}

/** A folder that goes when the test is over. */
export function temporaryFolder(): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hark-test-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
