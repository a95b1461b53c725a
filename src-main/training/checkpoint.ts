import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { decodeSafetensors, encodeSafetensors, type Tensors } from '#main/models/safetensors.ts';
import { EpochRecord } from '#shared/domain/run.ts';
import type { LoopState } from './loop.ts';

const CURRENT = 'checkpoint.safetensors';
const PREVIOUS = 'checkpoint.previous.safetensors';

/** What stands beside the tensors, as JSON. */
const Words = z.object({
  version: z.literal(1),
  records: z.array(EpochRecord),
  bestEpoch: z.number().int().nullable(),
  /** The optimiser's numbers that are no tensors. */
  optimiser: z.record(z.string(), z.number()),
});

/**
 * Writes a file so that at any moment, whatever is killed, either the old one or the whole new one is there.
 * @param file absolute path
 */
export function writeWhole(file: string, bytes: Uint8Array): void {
  const unfinished = `${file}.unfinished`;
  writeSynced(unfinished, bytes);
  renameSync(unfinished, file);
}

/** Keeps the state of a training in its folder; the state before stays beside it until the next. */
export function writeCheckpoint(folder: string, state: LoopState): void {
  mkdirSync(folder, { recursive: true });
  const [current, previous] = [CURRENT, PREVIOUS].map((name) => path.join(folder, name));
  const unfinished = `${current}.unfinished`;
  writeSynced(unfinished, encode(state));
  try {
    renameSync(current, previous);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  renameSync(unfinished, current);
}

/** The latest whole state of a training; a missing or damaged one gives way to the one before. null: begin anew. */
export function readCheckpoint(folder: string): LoopState | null {
  for (const name of [CURRENT, PREVIOUS]) {
    try {
      return decode(readFileSync(path.join(folder, name)));
    } catch {
      // Not there, cut off or changed: the one before is as good, an epoch younger.
    }
  }
  return null;
}

/** Once a run has been tested nobody goes back. */
export function removeCheckpoints(folder: string): void {
  for (const name of [CURRENT, PREVIOUS, `${CURRENT}.unfinished`]) rmSync(path.join(folder, name), { force: true });
}

function writeSynced(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, 'w');
  try {
    writeFileSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const prefixed = (prefix: string, tensors: Tensors): [string, { shape: number[]; values: Float32Array }][] =>
  [...tensors].map(([name, tensor]) => [`${prefix}/${name}`, tensor]);

function encode({ records, weights, best, optimiser }: LoopState): Uint8Array {
  const slots: Tensors = new Map();
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(optimiser))
    if (typeof value === 'number') numbers[name] = value;
    else slots.set(name, { shape: [value.length], values: value });
  const tensors: Tensors = new Map([
    ...prefixed('weights', weights),
    ...prefixed('best', best?.weights ?? new Map()),
    ...prefixed('optimiser', slots),
  ]);
  const words: z.infer<typeof Words> = { version: 1, records, bestEpoch: best?.epoch ?? null, optimiser: numbers };
  const state = JSON.stringify(words);
  return encodeSafetensors({ tensors, metadata: { state, sha256: digest(tensors, state) } });
}

/** @throws anything, where the bytes are not what `encode` made */
function decode(bytes: Uint8Array): LoopState {
  const { tensors, metadata } = decodeSafetensors(bytes, CURRENT);
  if (metadata['sha256'] !== digest(tensors, metadata['state'])) throw new Error('its checksum is wrong');
  const { records, bestEpoch, optimiser } = Words.parse(JSON.parse(metadata['state']));
  const under = (prefix: string): Tensors =>
    new Map(
      [...tensors]
        .filter(([name]) => name.startsWith(`${prefix}/`))
        .map(([name, tensor]) => [name.slice(prefix.length + 1), tensor]),
    );
  const slots = [...under('optimiser')].map(([name, { values }]) => [name, values] as const);
  return {
    records,
    weights: under('weights'),
    best: bestEpoch === null ? null : { epoch: bestEpoch, weights: under('best') },
    optimiser: { ...optimiser, ...Object.fromEntries(slots) },
  };
}

function digest(tensors: Tensors, state: string): string {
  const hash = createHash('sha256').update(state);
  for (const [name, { values }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(name).update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return hash.digest('hex');
}
