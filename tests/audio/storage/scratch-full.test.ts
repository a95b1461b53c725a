import type * as NodeFs from 'node:fs';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { hashBytes } from '#main/audio/hash.ts';
import { renderSound } from '#main/audio/sounds/render.ts';
import { SoundMemory } from '#main/audio/sounds/memory.ts';
import { newTicket } from '#main/audio/sounds/ticket.ts';
import type { Signal } from '#main/audio/signal/signal.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { temporaryFolder } from '../../support/lab.ts';

/** Bytes that the disk still takes. */
let room = Infinity;
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof NodeFs>();
  const writeSync = (handle: number, bytes: Uint8Array, from: number) => {
    if (bytes.length - from > room) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const written = fs.writeSync(handle, bytes, from);
    room -= written;
    return written;
  };
  return { ...fs, default: { ...fs, writeSync }, writeSync };
});
beforeEach(() => {
  room = Infinity;
});

const gain = (db: number): Edit => ({ op: 'gain', db, start: null, end: null });

test('a full disk is told with what to do, leaves nothing half written or open, and keeps what came before', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'a.wav');
  const bytes = encodeWav([new Float32Array(4_500_000).fill(0.25)], 8000);
  writeFileSync(file, bytes);
  const places = { scratch: path.join(folder, 'scratch'), kept: path.join(folder, 'kept') };
  const render = (edits: Edit[]) =>
    renderSound({
      ...{ path: file, contentHash: hashBytes(bytes), start: null, end: null, verified: true },
      ...{ edits, places, file: null, base: null, ticket: newTicket() },
    });
  const before = await render([gain(-6)]);
  const files = readdirSync(places.scratch);
  const handles = () => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);
  const open = handles();
  room = 5_000_000;
  await expect(render([gain(-6), gain(-3)])).rejects.toMatchObject({
    kind: 'unavailable',
    where: places.scratch,
    remedy: expect.stringMatching(/free some space/i),
  });
  expect(room).toBeLessThan(5_000_000);
  expect(readdirSync(places.scratch)).toEqual(files);
  expect(handles()).toBeLessThanOrEqual(open + 1);
  room = Infinity;
  expect((await render([gain(-6)])).signal).toEqual(before.signal);
  expect((await render([gain(-6), gain(-3)])).signal.frames).toBe(4_500_000);
});

test('of sounds in files no more are remembered than the disk has room for, so that the others can be pruned', () => {
  const memory = new SoundMemory('/lab/scratch');
  const sound = (file: string): Signal => ({
    ...{ sampleRate: 8000, frames: 100 },
    channels: [
      [{ source: { kind: 'file', path: file, encoding: 'f32le', offset: 0, stride: 4 }, from: 0, frames: 100 }],
    ],
  });
  for (const key of ['a', 'b', 'c']) memory.put(key, sound(`/lab/scratch/${key}.0-0.f32`));
  memory.put('recording', sound('/recordings/a.wav'));
  memory.shrink(1200);
  expect([...memory.signals()]).toHaveLength(4);
  memory.shrink(800);
  expect(memory.get('a')).toBeNull();
  expect(memory.get('b')).not.toBeNull();
  memory.shrink(0);
  expect([...memory.signals()]).toEqual([sound('/lab/scratch/b.0-0.f32')]);
});
