import { beforeAll, describe, expect, test } from 'vitest';
import { clipDetail, clipRecord, datasetClips, listClips } from '#main/lab/clips.ts';
import { analyseClips, type NewClip } from '#main/lab/importing.ts';
import { relabelClip } from '#main/lab/labels.ts';
import { openStore, type Store } from '#main/lab/store.ts';
import { CLIP_SORTS, ClipQuery, type ClipRow } from '#shared/domain/clip.ts';
import { temporaryLab } from '../support/lab.ts';
import { madeDataset } from './support.ts';

const COUNT = 100_000;
const WORDS = ['up', 'down', 'left', 'right', 'under_score', '100%'];

function row(index: number): Partial<NewClip> {
  const label = WORDS[index % WORDS.length];
  return {
    file: `${label}/${String((index * 7919) % COUNT).padStart(6, '0')}.wav`,
    label,
    speaker: index % 10 === 0 ? null : `s${index % 37}`,
    duration: ((index * 31) % 1000) / 1000,
    sampleRate: index % 3 === 0 ? 8000 : 16000,
    official: index % 5 === 0 ? 'test' : 'train',
  };
}

describe('a list of 100,000 clips', () => {
  let store: Store;
  let dataset: number;
  let rows: ClipRow[];
  const ask = (query: Partial<ClipQuery>) => listClips(store, ClipQuery.parse({ dataset, ...query }));

  beforeAll(async () => {
    store = await openStore(':memory:');
    madeDataset(store, [{ file: 'up/other.wav', label: 'up' }], 'Other');
    dataset = madeDataset(
      store,
      Array.from({ length: COUNT }, (_, index) => row(index)),
    );
    store.prepare('update clip set missing = 1 where dataset_id = ? and id % 1000 = 3').run(dataset);
    analyseClips(store);
    rows = datasetClips(store, dataset).map((clip) => ({
      ...clip,
      relabelled: false,
      duplicate: false,
      edited: false,
    }));
    // 100,000 rows take longer than hooks have where the machine is busy.
  }, 60_000);

  const VALUES: Record<(typeof CLIP_SORTS)[number], (row: ClipRow) => string | number> = {
    file: (clip) => clip.file,
    label: (clip) => clip.label,
    speaker: (clip) => clip.speaker ?? '',
    duration: (clip) => clip.duration,
    sampleRate: (clip) => clip.sampleRate,
  };

  test.each(CLIP_SORTS.flatMap((sort) => [false, true].map((descending) => [sort, descending] as const)))(
    'sorted by %s, descending %s: pages follow each other and hold every clip once',
    (sort, descending) => {
      const value = VALUES[sort];
      const expected = rows.map(value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      if (descending) expected.reverse();
      const ids = new Set<number>();
      for (const offset of [0, 200, 49_900, COUNT - 150, COUNT]) {
        const page = ask({ sort, descending, offset });
        expect(page.total).toBe(COUNT);
        expect(page.rows.map(value)).toEqual(expected.slice(offset, offset + 200));
        for (const { id } of page.rows) expect(ids.has(id)).toBe(false);
        for (const { id } of page.rows) ids.add(id);
      }
    },
  );

  test.each<[string, Partial<ClipQuery>, (clip: ClipRow) => boolean]>([
    ['a label', { label: 'left' }, (clip) => clip.label === 'left'],
    ['a speaker', { speaker: 's7' }, (clip) => clip.speaker === 's7'],
    ['both', { label: 'left', speaker: 's7' }, (clip) => clip.label === 'left' && clip.speaker === 's7'],
    ['missing files', { only: 'missing' }, (clip) => clip.missing],
    ['nothing relabelled', { only: 'relabelled' }, () => false],
    ['no duplicates', { only: 'duplicate' }, () => false],
    ['words in any case', { search: ' 0001 RIGHT ' }, (clip) => clip.file.includes('0001') && clip.label === 'right'],
    ['signs that mean themselves', { search: 'r_s' }, (clip) => clip.label === 'under_score'],
    ['a per cent sign', { search: '%' }, (clip) => clip.label === '100%'],
    ['nothing', { search: 'no such thing' }, () => false],
  ])('%s', (_name, query, belongs) => {
    const expected = rows.filter(belongs).map(({ id }) => id);
    const page = ask({ ...query, limit: 1000 });
    expect(page.total).toBe(expected.length);
    expect(page.rows.map(({ id }) => id)).toEqual(expected.slice(0, 1000));
  });

  test.each(CLIP_SORTS)('no page in order of %s needs a sort', (sort) => {
    const statements: string[] = [];
    const spied = { prepare: (sql: string) => (statements.push(sql), store.prepare(sql)) } as unknown as Store;
    listClips(spied, ClipQuery.parse({ dataset, sort }));
    for (const sql of statements) {
      const plan = store.prepare(`explain query plan ${sql}`).all({ dataset, limit: 1, offset: 0 });
      const words = (plan as { detail: string }[]).map(({ detail }) => detail).join('\n');
      expect(words).not.toMatch(/TEMP B-TREE|SCAN (?!CONSTANT)/);
    }
  });
});

test('a clip is told with its file and history', async () => {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [
    { file: 'a/1.wav', label: 'a', warnings: ['odd'], start: 0.5, end: 1 },
    { contentHash: 'h0' },
  ]);
  const [{ id }] = datasetClips(store, dataset);
  relabelClip(store, id, 'b');
  expect(clipDetail(store, id)).toEqual({
    id,
    version: expect.any(String),
    dataset,
    file: 'a/1.wav',
    path: '/made/Made/a/1.wav',
    label: 'b',
    speaker: null,
    duration: 0.1,
    sampleRate: 8000,
    official: null,
    missing: false,
    relabelled: true,
    duplicate: true,
    edited: false,
    state: 'todo',
    contentHash: 'h0',
    container: 'WAV',
    codec: 'PCM s16le',
    channels: 1,
    bits: 16,
    frames: 800,
    start: 0.5,
    end: 1,
    warnings: ['odd'],
    history: [
      { id: expect.any(Number), label: 'a', set: null, setBy: 'import', setAt: expect.any(String), undone: false },
      { id: expect.any(Number), label: 'b', set: null, setBy: 'user', setAt: expect.any(String), undone: false },
    ],
  });
  expect(clipRecord(store, id)).toEqual(datasetClips(store, dataset)[0]);
  expect(() => clipDetail(store, 99)).toThrow(expect.objectContaining({ kind: 'not-found', where: 'clip 99' }));
});
