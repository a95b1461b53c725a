import { readSync } from 'node:fs';
import type { Features } from './extract.ts';
import { decodeEntry, entryBytes, type EntryHeader } from './pack.ts';

/** Where an entry stands on disk. Plain data: a pack's handle is good in every thread of the process that opened it. */
export interface EntryPlace extends EntryHeader {
  handle: number;
  offset: number;
}

/** Reads one entry after another into the same memory, so that many clips leave no garbage. */
export class EntryReader {
  #bytes = new Uint8Array(0);

  /** The features, good until the next call; null if they are not what was written there. */
  read(place: EntryPlace): Features | null {
    const length = entryBytes(place);
    if (this.#bytes.length < length) this.#bytes = new Uint8Array(length);
    return decodeEntry(readAt(place.handle, place.offset, this.#bytes.subarray(0, length)), place.key);
  }
}

/** Fills `bytes` from `offset` on. @returns as much of it as there is in the file */
export function readAt(handle: number, offset: number, bytes: Uint8Array): Uint8Array {
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(handle, bytes, filled, bytes.length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
