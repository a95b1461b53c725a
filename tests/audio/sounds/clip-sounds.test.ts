import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyEdits } from '#main/audio/edits/index.ts';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { hashBytes } from '#main/audio/hash.ts';
import { keptSound } from '#main/audio/storage/kept.ts';
import { channelsOf, shapeOf, signalOf } from '#main/audio/signal/signal.ts';
import { memorySink } from '#main/audio/signal/sink.ts';
import { SoundPool, type SoundTask } from '#main/audio/sound-pool.ts';
import { createClipSounds } from '#main/audio/sounds/clip-sounds.ts';
import type { ClipOfFile, ClipSounds } from '#main/audio/sounds/types.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { Random } from '#shared/math/random.ts';
import { temporaryFolder } from '../../support/lab.ts';

const RATE = 8000;
let pool: SoundPool;
let folder: string;
let places: { scratch: string; kept: string };
let missing: [number, boolean][];
/** Tasks the threads were given. */
let asked: SoundTask[];

beforeAll(() => {
  pool = new SoundPool({ entry: path.resolve('src-main/features/feature-worker.ts'), workers: 2 });
});
afterAll(() => pool.close());
beforeEach(() => {
  folder = temporaryFolder();
  places = { scratch: path.join(folder, 'scratch'), kept: path.join(folder, 'kept') };
  missing = [];
  asked = [];
});

/** A session of the lab in `folder`. */
function open(): ClipSounds {
  const watched = {
    workers: pool.workers,
    run<Result>(task: SoundTask) {
      asked.push(task);
      return pool.run<Result>(task);
    },
  } as SoundPool;
  return createClipSounds({
    ...{ places, drawing: watched, rendering: watched },
    find: () => clip([]),
    onMissing: ({ id }, gone) => missing.push([id, gone]),
  });
}

const noise = (frames: number, seed = 1) => {
  const random = new Random(seed);
  return Float32Array.from({ length: frames }, () => (random.below(20_001) - 10_000) / 32_768);
};
const asFile = (channels: Float32Array[]) => encodeWav(channels, RATE);
let record: Omit<ClipOfFile, 'edits'>;
function write(channels: Float32Array[], span: { start?: number; end?: number } = {}): void {
  const file = path.join(folder, 'a.wav');
  const bytes = asFile(channels);
  writeFileSync(file, bytes);
  const { start = null, end = null } = span;
  record = { id: 7, path: file, contentHash: hashBytes(bytes), start, end, missing: false };
}
const clip = (edits: Edit[]): ClipOfFile => ({ ...record, edits });
const gain = (db: number, start: number | null = null, end: number | null = null): Edit => ({
  op: 'gain',
  db,
  start,
  end,
});
const context = { sink: memorySink, kept: (hash: string) => keptSound(places.kept, hash) };
const expected = (channels: Float32Array[], edits: Edit[]) =>
  channelsOf(applyEdits(signalOf(channels, RATE), edits, context));
const renderings = () => asked.flatMap((task) => (task.task === 'render' ? [task.render] : []));

describe('the sound of a clip', () => {
  test('is its span of the file, edited, with a preview on top', async () => {
    const samples = noise(2000);
    write([samples, noise(2000, 2)], { start: 0.05, end: 0.2 });
    const sounds = open();
    const channels = [samples, noise(2000, 2)].map((all) => all.slice(400, 1600));
    const edits: Edit[] = [gain(-6), { op: 'reverse', start: 0.01, end: 0.1 }];
    expect(channelsOf((await sounds.sound(clip([]))).signal)).toEqual(channels);
    const { signal } = await sounds.sound(clip(edits.slice(0, 1)), { edit: edits[1] });
    expect(channelsOf(signal)).toEqual(expected(channels, edits));
    expect((await sounds.sound(clip(edits))).signal).toEqual(signal);
    const part = await sounds.part(clip(edits), { start: 0.02, end: 0.03, channel: 1 });
    expect(part).toEqual({ sampleRate: RATE, start: 0.02, samples: expected(channels, edits)[1].slice(160, 240) });
    expect(await sounds.samples(clip(edits), 1190, 100, { channel: 0 })).toEqual(
      expected(channels, edits)[0].slice(1190),
    );
    await expect(sounds.part(clip([]), { channel: 2 })).rejects.toMatchObject({ kind: 'bad-input', where: 'channel' });
  });

  test('of a list of edits only the last is made when the others are there; taking back makes none', async () => {
    write([noise(4000)]);
    const sounds = open();
    const edits = [gain(-3), gain(-2), gain(-1)];
    for (let count = 0; count <= 3; count++) await sounds.sound(clip(edits.slice(0, count)));
    expect(renderings().map(({ edits: list, base }) => list.length - (base?.edits ?? 0))).toEqual([0, 1, 1, 1]);
    for (const count of [2, 1, 0, 3]) await sounds.sound(clip(edits.slice(0, count)));
    expect(renderings()).toHaveLength(4);
    expect(channelsOf((await sounds.sound(clip([]))).signal)).toEqual([noise(4000)]);
  });

  test('who asks at once shares the work', async () => {
    write([noise(4000)]);
    const sounds = open();
    const all = await Promise.all([1, 2, 3].map(() => sounds.sound(clip([gain(-3)]))));
    expect(renderings()).toHaveLength(1);
    expect(all[1].key).toBe(all[0].key);
  });

  test('a file that has changed is refused, one that has gone is noted, and so is its return', async () => {
    const samples = noise(1000);
    write([samples]);
    const sounds = open();
    await sounds.sound(clip([]));
    writeFileSync(record.path, asFile([noise(1000, 9)]));
    utimesSync(record.path, new Date(), new Date(Date.now() + 5000));
    await expect(sounds.sound(clip([]))).rejects.toMatchObject({
      ...{ kind: 'unreadable-file', where: record.path },
      message: 'The file has changed since it was brought into the lab.',
    });
    rmSync(record.path);
    await expect(sounds.sound(clip([]))).rejects.toMatchObject({ kind: 'not-found', where: record.path });
    expect(missing).toEqual([[7, true]]);
    write([samples]);
    record.missing = true;
    expect(channelsOf((await sounds.sound(clip([]))).signal)).toEqual([samples]);
    expect(missing).toEqual([
      [7, true],
      [7, false],
    ]);
  });

  test('what was copied is kept under its hash and can be pasted', async () => {
    const samples = noise(1000);
    write([samples]);
    const sounds = open();
    const { sound, duration, sampleRate } = await sounds.keep(clip([gain(-6)]), { start: 0.01, end: 0.03 });
    expect({ duration, sampleRate, files: readdirSync(places.kept) }).toEqual({
      ...{ duration: 0.02, sampleRate: RATE, files: [`${sound}.wav`] },
    });
    expect(channelsOf(keptSound(places.kept, sound))).toEqual([expected([samples], [gain(-6)])[0].slice(80, 240)]);
    const paste: Edit = { op: 'paste', start: 0.05, end: 0.05, sound, duration };
    const { signal } = await sounds.sound(clip([paste]));
    expect(channelsOf(signal)).toEqual(expected([samples], [paste]));
    rmSync(path.join(places.kept, `${sound}.wav`));
    await expect(sounds.sound(clip([gain(-1), paste]))).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('sound that is too long for memory', () => {
  const FRAMES = 4_500_000;
  let samples: Float32Array;
  beforeAll(() => {
    samples = noise(FRAMES);
  });
  beforeEach(() => write([samples]));

  test('is rendered into files that the next session finds, and is not rendered again', async () => {
    const edits = [gain(-6), gain(3, 100, 101)];
    const first = await open().sound(clip(edits));
    expect(channelsOf(first.signal)[0].subarray(799_000, 809_000)).toEqual(
      expected([samples], edits)[0].subarray(799_000, 809_000),
    );
    const files = readdirSync(places.scratch);
    const times = files.map((name) => statSync(path.join(places.scratch, name)).ino);
    const again = await open().sound(clip(edits.slice(0, 1)));
    expect(again.signal.channels[0][0].source).toMatchObject({ kind: 'file', encoding: 'f32le' });
    expect(readdirSync(places.scratch)).toEqual(files);
    expect(files.map((name) => statSync(path.join(places.scratch, name)).ino)).toEqual(times);
    // What is gone is made anew.
    for (const name of files) if (name.endsWith('.f32')) rmSync(path.join(places.scratch, name));
    const anew = await open().sound(clip(edits.slice(0, 1)));
    expect(shapeOf(anew.signal).frames).toBe(FRAMES);
    expect(channelsOf(anew.signal)[0][9]).toBe(expected([samples.slice(0, 10)], edits.slice(0, 1))[0][9]);
  });

  test('tells how far it is and can be stopped, which leaves nothing and keeps what came before', async () => {
    const sounds = open();
    const before = await sounds.sound(clip([gain(-6)]));
    const files = readdirSync(places.scratch);
    const stop = new AbortController();
    const list = [gain(-6), ...Array.from({ length: 200 }, (_, n) => gain(-n / 100))];
    const shares: number[] = [];
    const work = sounds.sound(clip(list), {
      signal: stop.signal,
      progress(share) {
        shares.push(share);
        if (share > 0) stop.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    expect(shares.at(-1)).toBeGreaterThan(0);
    expect(shares.at(-1)).toBeLessThan(0.9);
    // The threads have let go of it once they have done what comes next.
    await Promise.all([1, 2, 3, 4].map(() => pool.run({ task: 'inspect', paths: [] })));
    while (renderings().length > 0 && readdirSync(places.scratch).some((name) => name.endsWith('.part')))
      await new Promise((resolve) => setTimeout(resolve, 20));
    for (const name of files) expect(readdirSync(places.scratch)).toContain(name);
    expect((await sounds.sound(clip([gain(-6)]))).signal).toEqual(before.signal);
  });

  test('peaks come from a pyramid that is made once, and stays for the next session', async () => {
    const sounds = open();
    const { pairs, peak, frames, sampleRate } = await sounds.peaks(clip([]), 10);
    expect({ frames, sampleRate }).toEqual({ frames: FRAMES, sampleRate: RATE });
    for (let point = 0; point < 10; point++) {
      const stretch = samples.subarray(point * 450_000, (point + 1) * 450_000);
      expect(pairs[2 * point]).toBe(stretch.reduce((low, value) => Math.min(low, value), 1));
      expect(pairs[2 * point + 1]).toBe(stretch.reduce((high, value) => Math.max(high, value), -1));
    }
    expect(peak).toBe(samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
    const zoomed = await sounds.peaks(clip([]), 4, { start: 100, end: 100 + 8 / RATE });
    expect(zoomed.pairs).toEqual(
      Float32Array.from({ length: 8 }, (_, i) =>
        Math[i % 2 ? 'max' : 'min'](samples[800_000 + 2 * (i >> 1)], samples[800_001 + 2 * (i >> 1)]),
      ),
    );
    // Cutting needs no new one.
    await sounds.peaks(clip([{ op: 'delete', start: 10, end: 20 }]), 50);
    const built = () => asked.filter(({ task }) => task === 'pyramid').length;
    expect(built()).toBe(1);
    const [file] = readdirSync(places.scratch).filter((name) => name.endsWith('.peaks'));
    const { ino } = statSync(path.join(places.scratch, file));
    expect((await open().peaks(clip([]), 10)).pairs).toEqual(pairs);
    expect(statSync(path.join(places.scratch, file)).ino).toBe(ino);
  });
});

describe('a clip as a WAV file', () => {
  test('ranges put together are the whole, to the bit', async () => {
    const channels = [noise(3000), noise(3000, 2)];
    write(channels);
    const edits = [gain(-4)];
    const wav = await open().wav(clip(edits));
    const whole = encodeWav(expected(channels, edits), RATE);
    expect(wav.size).toBe(whole.length);
    const parts: Uint8Array[] = [];
    for (let at = 0; at < wav.size; at += 1001) parts.push(await wav.read(at, Math.min(wav.size, at + 1001) - 1));
    expect(Buffer.concat(parts).equals(whole)).toBe(true);
  });
});
