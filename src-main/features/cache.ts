import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';
import { EntryReader, readAt, type EntryPlace } from './entry-reader.ts';
import type { Features } from './extract.ts';
import {
  decodeEntryHeader,
  encodeEntry,
  ENTRY_HEADER_BYTES,
  entryBytes,
  isPack,
  packHeader,
  PACK_HEADER_BYTES,
} from './pack.ts';

/** A pack is closed and the next begun at this size. */
const PACK_BYTES = 64 * 2 ** 20;
const PACK_NAME = /^(\d{6})\.pack$/;

interface Pack {
  file: string;
  handle: number;
  /** Up to here entries have been found whole: where the next one is written. */
  end: number;
}

interface Place extends EntryPlace {
  pack: Pack;
}

export interface CacheOptions {
  /** Only `get` and `has`; another process may be writing. */
  readOnly?: boolean;
  /** Bytes at which the next pack is begun. */
  packBytes?: number;
}

/**
 * Features on disk, by what they depend on (`entryKey`): some large files, not one for each of 100,000 clips.
 *
 * One process writes, any number read. Nothing needs to be closed properly: an entry counts once it is whole, every read
 * is checked (CRC-32), and an entry that is wrong is forgotten, so that the caller makes it anew. The index is in memory
 * and is built from the packs' entry headers when the cache is opened; there is no index file that could be stale.
 */
export class FeatureCache {
  readonly directory: string;
  readonly #readOnly: boolean;
  readonly #packBytes: number;
  #packs: Pack[] = [];
  #lastNumber = 0;
  #places = new Map<string, Place>();
  readonly #reader = new EntryReader();
  #closed = false;

  private constructor(directory: string, options: CacheOptions) {
    this.directory = directory;
    this.#readOnly = options.readOnly ?? false;
    this.#packBytes = options.packBytes ?? PACK_BYTES;
  }

  /** Opens the cache in `directory`, which is made if need be. @throws HarkError unavailable if that cannot be */
  static open(directory: string, options: CacheOptions = {}): FeatureCache {
    const cache = new FeatureCache(directory, options);
    cache.#guard(() => {
      if (!cache.#readOnly) mkdirSync(directory, { recursive: true });
      cache.#refresh();
    });
    return cache;
  }

  /** Entries. */
  get count(): number {
    return this.#places.size;
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#packs.reduce((sum, pack) => sum + pack.end, 0);
  }

  /** Shape of an entry as far as the index knows, without reading it: `get` may still find it wrong, or newly written. */
  has(key: string): { frames: number; bins: number } | null {
    const place = this.#places.get(key);
    return place ? { frames: place.frames, bins: place.bins } : null;
  }

  /** Where an entry stands, as far as the index knows, for another thread to read it while the cache is open. */
  place(key: string): EntryPlace | null {
    const place = this.#places.get(key);
    if (!place) return null;
    const { frames, bins, handle, offset } = place;
    return { key, frames, bins, handle, offset };
  }

  /** The features under a key, or null if there are none or they are not what was written. */
  get(key: string): Features | null {
    const features = this.borrow(key);
    return features && { ...features, values: features.values.slice() };
  }

  /** The same in memory that the next read uses again, for those who only pass through: many clips, no garbage. */
  borrow(key: string): Features | null {
    const features = this.#read(key);
    if (features || !this.#readOnly || this.#closed) return features;
    // The writer may have been in the middle of it, or may have put it anew.
    this.#guard(() => this.#refresh());
    return this.#read(key);
  }

  /** Keeps features under a key, in place of any there were. @throws HarkError unavailable if the disk is full or the like */
  put(key: string, features: Features): void {
    if (this.#readOnly) throw new HarkError('internal', 'The feature cache is open for reading only.');
    if (this.#closed) throw new HarkError('internal', 'The feature cache has been closed.', { where: this.directory });
    this.#guard(() => {
      const entry = encodeEntry(key, features);
      const pack = this.#packFor(entry.length);
      const offset = pack.end;
      for (let done = 0; done < entry.length;)
        done += writeSync(pack.handle, entry, done, entry.length - done, offset + done);
      pack.end += entry.length;
      this.#places.set(key, { key, frames: features.frames, bins: features.bins, pack, handle: pack.handle, offset });
    });
  }

  /** Deletes the oldest packs until at most `bytes` are left. @returns bytes freed */
  prune(bytes: number): number {
    const before = this.size;
    while (this.size > bytes && this.#packs.length > 0) {
      const pack = this.#packs.shift()!;
      for (const [key, place] of this.#places) if (place.pack === pack) this.#places.delete(key);
      closeSync(pack.handle);
      rmSync(pack.file, { force: true });
    }
    return before - this.size;
  }

  /** From here on there is nothing in it, and nothing can be put: another process may have the lab open. */
  close(): void {
    this.#closed = true;
    for (const pack of this.#packs) closeSync(pack.handle);
    this.#packs = [];
    this.#places.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #read(key: string): Features | null {
    const place = this.#places.get(key);
    if (!place) return null;
    const features = this.#reader.read(place);
    if (!features && !this.#readOnly) this.#places.delete(key);
    return features;
  }

  /** Takes up packs and entries that are new on disk, and lets go of packs that were deleted. */
  #refresh(): void {
    const names = existsSync(this.directory) ? readdirSync(this.directory).filter((name) => PACK_NAME.test(name)) : [];
    const known = new Set(this.#packs.map((pack) => path.basename(pack.file)));
    for (const name of names.filter((each) => !known.has(each)).sort()) {
      const file = path.join(this.directory, name);
      const handle = openSync(file, this.#readOnly ? 'r' : 'r+');
      this.#packs.push({ file, handle, end: 0 });
      this.#lastNumber = Number(PACK_NAME.exec(name)![1]);
    }
    for (const pack of this.#packs) this.#scan(pack);
  }

  /** Indexes the entries from `pack.end` on. A writer cuts off what is not whole; a reader leaves it, it may be being written. */
  #scan(pack: Pack): void {
    const size = fstatSync(pack.handle).size;
    if (pack.end === 0) {
      if (!isPack(readAt(pack.handle, 0, new Uint8Array(PACK_HEADER_BYTES)))) {
        if (!this.#readOnly) {
          ftruncateSync(pack.handle, 0);
          writeSync(pack.handle, packHeader(), 0, PACK_HEADER_BYTES, 0);
          pack.end = PACK_HEADER_BYTES;
        }
        return;
      }
      pack.end = PACK_HEADER_BYTES;
    }
    const bytes = new Uint8Array(ENTRY_HEADER_BYTES);
    while (pack.end < size) {
      const header = decodeEntryHeader(readAt(pack.handle, pack.end, bytes));
      if (!header || pack.end + entryBytes(header) > size) break;
      this.#places.set(header.key, { ...header, pack, handle: pack.handle, offset: pack.end });
      pack.end += entryBytes(header);
    }
    if (pack.end < size && !this.#readOnly) ftruncateSync(pack.handle, pack.end);
  }

  #packFor(bytes: number): Pack {
    const last = this.#packs.at(-1);
    if (last && last.end + bytes <= this.#packBytes) return last;
    const file = path.join(this.directory, `${String(++this.#lastNumber).padStart(6, '0')}.pack`);
    const handle = openSync(file, 'w+');
    writeSync(handle, packHeader(), 0, PACK_HEADER_BYTES, 0);
    const pack = { file, handle, end: PACK_HEADER_BYTES };
    this.#packs.push(pack);
    return pack;
  }

  #guard(call: () => void): void {
    try {
      call();
    } catch (thrown) {
      throw new HarkError('unavailable', `The feature cache cannot be used (${(thrown as Error).message}).`, {
        where: this.directory,
        remedy: 'See that the disk has room and the folder may be written.',
        cause: thrown,
      });
    }
  }
}
