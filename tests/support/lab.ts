import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { inspectFile } from '#main/audio/inspect.ts';
import type { Inspect } from '#main/datasets/inspect.ts';
import { type Lab, openLab } from '#main/lab/lab.ts';
import { Random } from '#shared/math/random.ts';

/** A folder of this test alone, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'hark-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An open lab of this test alone. */
export async function temporaryLab(folder = path.join(temporaryFolder(), 'lab')): Promise<Lab> {
  const lab = await openLab(folder, 'test');
  onTestFinished(() => {
    if (lab.store.open) lab.close();
  });
  return lab;
}

/** A short WAV file; every `seed` sounds otherwise. */
export function noiseWav(seed: number, frames = 800, sampleRate = 8000): Uint8Array {
  const random = new Random(seed);
  return encodeWav([Float32Array.from({ length: frames }, () => random.between(-0.5, 0.5))], sampleRate);
}

/** Writes files (relative path: content) into a new folder of this test. A number is the seed of a WAV file. */
export function folderOf(files: Record<string, string | number | Uint8Array>, folder = temporaryFolder()): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), typeof content === 'number' ? noiseWav(content) : content);
  }
  return folder;
}

/** Reads files in this process; `read` lists those it was asked for. */
export function readingInspect(): { inspect: Inspect; read: string[] } {
  const read: string[] = [];
  return {
    read,
    async *inspect(paths, { signal }) {
      for (let at = 0; at < paths.length; at += 32) {
        signal?.throwIfAborted();
        const some = paths.slice(at, at + 32);
        read.push(...some);
        yield await Promise.all(some.map(inspectFile));
      }
    },
  };
}
