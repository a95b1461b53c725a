import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';
import { forgetFile } from '../signal/file-handles.ts';
import type { MakeSink } from '../signal/sink.ts';
import type { Source } from '../signal/source.ts';

/** What is not whole yet, or never became so. */
const UNFINISHED = '.part';
/** Bytes, and share of what is free on the disk, that the scratch may take. */
const MOST_BYTES = 8 * 2 ** 30;
const SHARE_OF_FREE = 0.5;
/** Floats are written in blocks of about this many bytes. */
const BLOCK_BYTES = 2 ** 20;

/**
 * What was decoded or rendered, by key: files `KEY.NAME`. All of it can be made again, so it may be deleted at any time when no
 * Hark is running. A file bears its name only when it is whole, so that the end of the process at any moment leaves nothing wrong.
 */
export class Scratch {
  readonly folder: string;
  /** Files being written. */
  readonly #writing = new Map<string, FloatWriter>();

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  file(key: string, name: string): string {
    return path.join(this.folder, `${key}.${name}`);
  }

  /** Null where there is none. */
  read(key: string, name: string): Buffer | null {
    try {
      return readFileSync(this.file(key, name));
    } catch {
      return null;
    }
  }

  write(key: string, name: string, content: Uint8Array | string): void {
    const unfinished = this.#unfinished(key, name);
    try {
      roomFor(this.folder, () => writeFileSync(unfinished, content));
      renameSync(unfinished, this.file(key, name));
    } catch (thrown) {
      rmSync(unfinished, { force: true });
      throw thrown;
    }
  }

  /** Float32 files under a key, one a channel. Each sink that is made has files of its own. */
  sink(key: string): MakeSink {
    const writing = this.#writing;
    let made = 0;
    return (channels) => {
      const number = made++;
      const files = Array.from({ length: channels }, (_, channel) => {
        const name = `${number}-${channel}.f32`;
        const unfinished = this.#unfinished(key, name);
        const writer = new FloatWriter(unfinished);
        writing.set(unfinished, writer);
        return { unfinished, file: this.file(key, name), writer };
      });
      let frames = 0;
      return {
        write(block) {
          block.forEach((samples, channel) => files[channel].writer.write(samples));
          frames += block[0].length;
        },
        end() {
          const sources = files.map(({ unfinished, file, writer }): Source => {
            writer.close();
            writing.delete(unfinished);
            forgetFile(file);
            renameSync(unfinished, file);
            return { kind: 'file', path: file, encoding: 'f32le', offset: 0, stride: 4 };
          });
          return { sources, frames };
        },
      };
    };
  }

  /** Lets go of what was begun here and will not be ended. */
  discard(): void {
    for (const [file, writer] of this.#writing) {
      writer.abandon();
      rmSync(file, { force: true });
    }
    this.#writing.clear();
  }

  /** Notes that something has been used: it is pruned later than what has not. */
  touch(key: string): void {
    const now = new Date();
    for (const name of readdirSync(this.folder))
      if (keyOf(name) === key) utimesSync(path.join(this.folder, name), now, now);
  }

  /** Takes away what an ended process left unfinished; only before anything is written. */
  sweep(): void {
    for (const name of readdirSync(this.folder))
      if (name.endsWith(UNFINISHED)) rmSync(path.join(this.folder, name), { force: true });
  }

  /**
   * Deletes what was not used for longest until the rest is small enough.
   * @param inUse keys that stay, whatever there is @param most bytes; null: 8 GB, or half of what would be free
   */
  prune(inUse: ReadonlySet<string>, most: number | null = null): void {
    const kept = new Map<string, { files: string[]; bytes: number; used: number }>();
    for (const name of readdirSync(this.folder)) {
      if (name.endsWith(UNFINISHED)) continue;
      const file = path.join(this.folder, name);
      const { size, mtimeMs } = statSync(file);
      const entry = kept.get(keyOf(name)) ?? { files: [], bytes: 0, used: 0 };
      entry.files.push(file);
      entry.bytes += size;
      entry.used = Math.max(entry.used, mtimeMs);
      kept.set(keyOf(name), entry);
    }
    let total = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    const bound = most ?? Math.min(MOST_BYTES, SHARE_OF_FREE * (free(this.folder) + total));
    for (const [key, { files, bytes }] of [...kept].sort(([, a], [, b]) => a.used - b.used)) {
      if (total <= bound) return;
      if (inUse.has(key)) continue;
      for (const file of files) {
        forgetFile(file);
        rmSync(file, { force: true });
      }
      total -= bytes;
    }
  }

  #unfinished(key: string, name: string): string {
    return this.file(key, `${name}.${randomBytes(4).toString('hex')}${UNFINISHED}`);
  }
}

/** Bytes of the scratch that may be kept from pruning at once: half of what it may take. */
export const mostHeld = (folder: string): number => Math.min(MOST_BYTES, SHARE_OF_FREE * free(folder)) / 2;

const keyOf = (name: string): string => name.slice(0, name.indexOf('.'));

function free(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** @throws HarkError unavailable when the disk is full */
function roomFor<Result>(folder: string, write: () => Result): Result {
  try {
    return write();
  } catch (thrown) {
    if (!FULL.has((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
    throw new HarkError('unavailable', 'There is no room left on the disk for the edited sound.', {
      where: folder,
      remedy: 'Free some space on this disk, then try again.',
      cause: thrown,
    });
  }
}

/** Appends floats to a file, little-endian. */
class FloatWriter {
  readonly #folder: string;
  readonly #handle: number;
  readonly #waiting = new Float32Array(BLOCK_BYTES / 4);
  #count = 0;

  constructor(file: string) {
    this.#folder = path.dirname(file);
    this.#handle = roomFor(this.#folder, () => openSync(file, 'w'));
  }

  write(samples: Float32Array): void {
    for (let done = 0; done < samples.length;) {
      const part = samples.subarray(done, done + this.#waiting.length - this.#count);
      this.#waiting.set(part, this.#count);
      this.#count += part.length;
      done += part.length;
      if (this.#count === this.#waiting.length) this.#flush();
    }
  }

  close(): void {
    this.#flush();
    closeSync(this.#handle);
  }

  abandon(): void {
    closeSync(this.#handle);
  }

  #flush(): void {
    const bytes = new Uint8Array(this.#waiting.buffer, 0, 4 * this.#count);
    for (let done = 0; done < bytes.length;) done += roomFor(this.#folder, () => writeSync(this.#handle, bytes, done));
    this.#count = 0;
  }
}
