import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';

/** The folder of reference values and real recordings: HARK_SHARED, or `shared` beside the project. */
export const sharedDir = path.resolve(process.env['HARK_SHARED'] ?? path.join(import.meta.dirname, '../../../shared'));
export const hasShared = existsSync(path.join(sharedDir, 'golden'));

if (!hasShared && process.env['CI'])
  throw new Error(`reference values are missing at ${sharedDir}; set HARK_SHARED (on CI they are required)`);
if (!hasShared)
  console.warn(
    `Reference values are not at ${sharedDir}: the tests that need them are skipped. Set HARK_SHARED to run them.`,
  );

/** `describe` for tests that need the reference values or the real recordings. */
export const describeShared = describe.skipIf(!hasShared);

export const sharedPath = (...parts: string[]): string => path.join(sharedDir, ...parts);

export interface GoldenTensor {
  shape: number[];
  offset: number;
}

/** One group of reference values: its cases, and the tensor a case points at. */
export function golden<Case>(group: string): { cases: Case[]; tensor(at: GoldenTensor): Float32Array } {
  if (!hasShared) return { cases: [], tensor: () => new Float32Array() };
  const { cases } = JSON.parse(readFileSync(sharedPath('golden', `${group}.json`), 'utf8')) as { cases: Case[] };
  const bytes = readFileSync(sharedPath('golden', `${group}.f32`));
  const all = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const size = (shape: number[]) => shape.reduce((product, n) => product * n, 1);
  return { cases, tensor: (at) => all.subarray(at.offset, at.offset + size(at.shape)) };
}

/** Largest |actual - expected| over the largest |expected|: what the reference values are held to. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs(actual[i] - expected[i]);
    if (!(gap <= worst)) worst = gap;
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return worst / (largest || 1);
}
