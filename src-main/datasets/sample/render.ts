import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ImportResult } from '#shared/domain/dataset.ts';
import { throwIfCancelled } from '#shared/domain/errors.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';
import type { Lab } from '#main/lab/lab.ts';
import { importDataset } from '../import.ts';
import type { Inspect } from '../inspect.ts';
import { SAMPLE_INDEX, SampleIndex } from './sample-index.ts';
import { SAMPLE_RATE } from './synthesiser.ts';
import { renderUtterance, utterances } from './utterance.ts';
import { WORDS } from './words.ts';

/** To be raised with every change of how the sample sounds, so that labs render it anew. */
const VERSION = 1;
/** Files written at once. */
const BATCH = 8;

export const SAMPLE_NAME = 'Spoken sequences (built-in sample)';

export interface RenderOptions {
  seed?: number;
  signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/**
 * Renders the built-in sample into a folder: a WAV file (16 bit) per clip, and an index beside them that says the word,
 * the speaker, the part and the time of each phone. The index comes last; a folder that has it is complete and is left as
 * it is. The same seed always gives the same files.
 * @throws HarkError `cancelled`; what was written then is written over the next time
 */
export async function renderSample(folder: string, options: RenderOptions = {}): Promise<SampleIndex> {
  const { seed = 0, signal } = options;
  const done = await readIndex(folder, seed);
  if (done) return done;
  for (const word of Object.keys(WORDS)) await mkdir(path.join(folder, word), { recursive: true });
  const all = utterances();
  const index: SampleIndex = { format: 'hark-sample', version: VERSION, seed, sampleRate: SAMPLE_RATE, clips: [] };
  for (let first = 0; first < all.length; first += BATCH) {
    throwIfCancelled(signal);
    await Promise.all(
      all.slice(first, first + BATCH).map((utterance) => {
        const { samples, phones } = renderUtterance(utterance, seed);
        const { file, word, voice } = utterance;
        index.clips.push({ file, word, speaker: voice.name, part: voice.part, phones });
        return writeFile(path.join(folder, file), encodeWav([samples], SAMPLE_RATE));
      }),
    );
    options.onProgress?.(index.clips.length, all.length);
  }
  const file = path.join(folder, SAMPLE_INDEX);
  await writeFile(`${file}.new`, JSON.stringify(index));
  await rename(`${file}.new`, file);
  return index;
}

/** What lies in the folder already, if it is this sample and nothing of it is missing. */
async function readIndex(folder: string, seed: number): Promise<SampleIndex | null> {
  try {
    const index = SampleIndex.parse(JSON.parse(await readFile(path.join(folder, SAMPLE_INDEX), 'utf8')));
    const same = index.version === VERSION && index.seed === seed;
    return same && index.clips.every(({ file }) => existsSync(path.join(folder, file))) ? index : null;
  } catch {
    return null;
  }
}

/** Renders the sample into the lab, where that is not done, and imports it. @throws HarkError `cancelled`, `conflict` */
export async function importSample(
  lab: Lab,
  options: { inspect: Inspect; signal?: AbortSignal; onProgress?(done: number, total: number): void },
): Promise<ImportResult> {
  const folder = lab.path('audio', 'sample');
  const { inspect, signal, onProgress } = options;
  const { clips } = await renderSample(folder, { signal, onProgress: (done) => onProgress?.(done, 2 * clipCount) });
  return importDataset(lab, {
    path: folder,
    layout: 'sample',
    name: SAMPLE_NAME,
    inspect,
    signal,
    onProgress: ({ done }) => onProgress?.(clips.length + done, 2 * clipCount),
  });
}

const clipCount = utterances().length;
