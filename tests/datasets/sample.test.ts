import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeFile } from '#main/audio/decode.ts';
import { makeSplit } from '#main/datasets/split/split.ts';
import { importSample, renderSample, SAMPLE_NAME } from '#main/datasets/sample/render.ts';
import { SAMPLE_INDEX } from '#main/datasets/sample/sample-index.ts';
import { SAMPLE_RATE } from '#main/datasets/sample/synthesiser.ts';
import { renderUtterance, utterances } from '#main/datasets/sample/utterance.ts';
import { VOICES } from '#main/datasets/sample/voices.ts';
import { WORDS } from '#main/datasets/sample/words.ts';
import { datasetClips } from '#main/lab/clips.ts';
import { getDataset } from '#main/lab/datasets.ts';
import { SplitSpec } from '#shared/domain/split.ts';
import { readingInspect, temporaryFolder, temporaryLab } from '../support/lab.ts';

describe('the words', () => {
  const words = Object.entries(WORDS);
  const neighbours = (phones: readonly string[]) =>
    ['sil', ...phones].map((phone, index) => [phone, phones[index] ?? 'sil'].sort().join('-')).sort();

  test('each has another of the very same phones', () => {
    for (const [word, phones] of words)
      expect(
        words.some(([other, its]) => other !== word && [...its].sort().join() === [...phones].sort().join()),
        word,
      ).toBe(true);
  });

  test('each without a stop has another of the very same neighbours: itself backwards', () => {
    for (const [word, phones] of words.filter(([, its]) => !its.some((phone) => phone.endsWith('cl'))))
      expect(
        words.some(([other, its]) => other !== word && neighbours(its).join() === neighbours(phones).join()),
        word,
      ).toBe(true);
  });

  test('all parts hold all words, by voices of their own', () => {
    const all = utterances();
    for (const part of ['train', 'validation', 'test'])
      expect(new Set(all.filter(({ voice }) => voice.part === part).map(({ word }) => word)).size).toBe(words.length);
    expect(new Set(VOICES.map(({ name }) => name)).size).toBe(VOICES.length);
  });
});

describe('the sound', () => {
  const all = utterances();
  const rendered = Array.from({ length: 40 }, (_, index) => all[(index * 37) % all.length]).map((utterance) => ({
    ...utterance,
    ...renderUtterance(utterance, 0),
  }));

  test('lasts about a second, is never clipped, and never silent or not a number', () => {
    for (const { samples, file } of rendered) {
      const seconds = samples.length / SAMPLE_RATE;
      expect(seconds, file).toBeGreaterThan(0.35);
      expect(seconds, file).toBeLessThan(1.1);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      expect(peak, file).toBeGreaterThan(0.1);
      expect(peak, file).toBeLessThan(0.96);
    }
  });

  test('has its phones where it says', () => {
    const level = (samples: Float32Array, [, first, end]: [string, number, number]) =>
      10 * Math.log10(samples.subarray(first, end).reduce((sum, x) => sum + x * x, 0) / (end - first));
    for (const { samples, phones, word, file } of rendered) {
      expect(phones.map(([phone]) => phone)).toEqual(['sil', ...WORDS[word], 'sil']);
      expect(phones[0][1]).toBe(0);
      expect(phones.at(-1)![2]).toBe(samples.length);
      phones.slice(1).forEach(([, first], index) => expect(first).toBe(phones[index][2]));
      const silence = level(samples, phones[0]);
      for (const placed of phones.filter(([phone]) => 'aiou'.includes(phone)))
        expect(level(samples, placed), `${file} ${placed[0]}`).toBeGreaterThan(silence + 3);
    }
  });

  test('tells nothing of the place in a word: over a family first and last phones are as long and as loud', () => {
    const length = [0, 0];
    const power = [0, 0];
    // Every family without stops begins with the phones it ends with.
    const families = all.filter(({ word }) => !WORDS[word].some((phone) => phone.endsWith('cl')));
    for (const utterance of families.filter((_, index) => index % 3 === 0)) {
      const { samples, phones } = renderUtterance(utterance, 3);
      for (const [place, [, first, end]] of [phones[1], phones.at(-2)!].entries()) {
        length[place] += end - first;
        power[place] += samples.subarray(first, end).reduce((sum, x) => sum + x * x, 0);
      }
    }
    expect(Math.abs(Math.log(length[0] / length[1]))).toBeLessThan(0.05);
    expect(Math.abs(10 * Math.log10(power[0] / power[1]))).toBeLessThan(1);
  });

  test('is the same for the same seed, and another for another', () => {
    const [{ samples, phones, ...utterance }] = rendered;
    expect(renderUtterance(utterance, 0)).toEqual({ samples, phones });
    expect(renderUtterance(utterance, 1).samples).not.toEqual(samples);
  });
});

describe('the rendered folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'hark-test-sample-'));
    await renderSample(folder);
    return () => rmSync(folder, { recursive: true, force: true });
  });

  test('holds every clip, as long as its index says', async () => {
    const index = await renderSample(folder);
    expect(index.clips).toHaveLength(utterances().length);
    for (const { file, phones } of index.clips.slice(0, 20)) {
      const sound = await decodeFile(path.join(folder, file));
      expect(sound).toMatchObject({ sampleRate: index.sampleRate, frames: phones.at(-1)![2] });
    }
  });

  test('is left alone when it is complete, and rendered to the same bytes when it is not', async () => {
    const { clips } = await renderSample(folder);
    const file = path.join(folder, clips[5].file);
    const [bytes, time] = [readFileSync(file), statSync(file).mtimeMs];
    await renderSample(folder);
    expect(statSync(file).mtimeMs).toBe(time);
    rmSync(path.join(folder, SAMPLE_INDEX));
    writeFileSync(file, bytes.subarray(0, 100));
    await renderSample(folder);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});

test('what was stopped is not taken for complete', async () => {
  const folder = temporaryFolder();
  const stop = new AbortController();
  const stopped = renderSample(folder, { signal: stop.signal, onProgress: (done) => done > 50 && stop.abort() });
  await expect(stopped).rejects.toMatchObject({ kind: 'cancelled' });
  const index = await renderSample(folder);
  expect(index.clips).toHaveLength(utterances().length);
});

test('comes into a lab as a dataset ready to compare: official parts of speakers of their own', async () => {
  const lab = await temporaryLab();
  const { inspect } = readingInspect();
  const seen: number[] = [];
  const result = await importSample(lab, { inspect, onProgress: (done, total) => seen.push(done / total) });
  expect(result).toMatchObject({ name: SAMPLE_NAME, layout: 'sample', clips: utterances().length, skipped: [] });
  expect(seen.at(-1)).toBe(1);
  expect(getDataset(lab.store, result.dataset)).toMatchObject({ state: 'ready', official: true, classes: 10 });
  const { counts, notes } = makeSplit(datasetClips(lab.store, result.dataset), SplitSpec.parse({ by: 'official' }));
  expect(counts).toEqual({ train: 560, validation: 160, test: 160, leaks: 0, leakNote: null });
  expect(notes).toEqual([]);
  expect(await importSample(lab, { inspect })).toMatchObject({ dataset: result.dataset, added: 0 });
});
