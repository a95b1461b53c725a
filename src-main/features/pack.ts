import { crc32 } from 'node:zlib';
import type { Features } from './extract.ts';

/**
 * A pack is a file of cache entries one after another, only ever appended to:
 *
 *   pack   = "HARKPACK" version:u32 0:u32  entry*
 *   entry  = "ENTR" key:20 bytes frames:u32 bins:u32 check:u32  values:f32[frames * bins]
 *
 * all little-endian; `check` is the CRC-32 of key, frames, bins and values. What a crash leaves half-written is the
 * end of a file, and is found by its length or its check.
 */
export const PACK_HEADER_BYTES = 16;
export const ENTRY_HEADER_BYTES = 36;
const MAGIC = 'HARKPACK';
const VERSION = 1;
const ENTRY_MAGIC = 0x5254_4e45;
const CHECK_AT = 32;
/** More in one clip is damage, not features. */
const MOST_VALUES = 2 ** 28;

/** Where an entry stands, as its header says. */
export interface EntryHeader {
  /** 40 hex digits */
  key: string;
  frames: number;
  bins: number;
}

export function packHeader(): Uint8Array {
  const header = Buffer.alloc(PACK_HEADER_BYTES);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(VERSION, 8);
  return header;
}

export const isPack = (header: Uint8Array): boolean =>
  header.length >= PACK_HEADER_BYTES && Buffer.compare(header.subarray(0, PACK_HEADER_BYTES), packHeader()) === 0;

export const entryBytes = ({ frames, bins }: { frames: number; bins: number }): number =>
  ENTRY_HEADER_BYTES + 4 * frames * bins;

/** One entry as it goes into a pack. */
export function encodeEntry(key: string, { frames, bins, values }: Features): Uint8Array {
  const entry = Buffer.alloc(entryBytes({ frames, bins }));
  entry.writeUInt32LE(ENTRY_MAGIC, 0);
  entry.write(key, 4, 'hex');
  entry.writeUInt32LE(frames, 24);
  entry.writeUInt32LE(bins, 28);
  entry.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), ENTRY_HEADER_BYTES);
  entry.writeUInt32LE(checkOf(entry), CHECK_AT);
  return entry;
}

/** The header of the entry that begins with these bytes, or null if none does. */
export function decodeEntryHeader(bytes: Uint8Array): EntryHeader | null {
  if (bytes.length < ENTRY_HEADER_BYTES) return null;
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, ENTRY_HEADER_BYTES);
  const frames = header.readUInt32LE(24);
  const bins = header.readUInt32LE(28);
  if (header.readUInt32LE(0) !== ENTRY_MAGIC || frames * bins === 0 || frames * bins > MOST_VALUES) return null;
  return { key: header.toString('hex', 4, 24), frames, bins };
}

/** The features of a whole entry, or null if its bytes are not what was written. The values share memory with `bytes`. */
export function decodeEntry(bytes: Uint8Array, key: string): Features | null {
  const header = decodeEntryHeader(bytes);
  if (!header || header.key !== key || bytes.length !== entryBytes(header)) return null;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.readUInt32LE(CHECK_AT) !== checkOf(view)) return null;
  const { frames, bins } = header;
  return { frames, bins, values: new Float32Array(bytes.buffer, bytes.byteOffset + ENTRY_HEADER_BYTES, frames * bins) };
}

function checkOf(entry: Buffer): number {
  return crc32(entry.subarray(ENTRY_HEADER_BYTES), crc32(entry.subarray(4, CHECK_AT)));
}
