import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { HarkError } from '#shared/domain/errors.ts';
import { type Signal, signalFrom } from '../signal/signal.ts';
import type { Source } from '../signal/source.ts';

const HEADER_BYTES = 44;
const SAMPLE_BYTES = 4;
/** A size that says: to the end of the file, as programs write it that cannot go back. */
const OPEN_ENDED = 0xffff_ffff;
/** Above it the sizes of a WAV file have no room. */
const MOST_BYTES = OPEN_ENDED - HEADER_BYTES;
const FLOAT = 3;
/** A header with more is none of a take's. */
const MOST_CHANNELS = 2;
const MOST_RATE = 384_000;

export interface TakeShape {
  /** Hz */
  sampleRate: number;
  channels: number;
}

/**
 * A take under way: a WAV file (float 32 bit) that grows with every part. It is a readable file at any moment, so that whatever
 * cuts it off loses no more than the part not yet written.
 */
export class TakeFile {
  readonly path: string;
  readonly shape: TakeShape;
  #handle: number | null;
  #frames = 0;

  constructor(path: string, shape: TakeShape) {
    this.path = path;
    this.shape = shape;
    this.#handle = openSync(path, 'wx');
    writeSync(this.#handle, takeHeader(shape, null));
  }

  /** Samples of one channel so far. */
  get frames(): number {
    return this.#frames;
  }

  /**
   * Adds a part. One that is there already changes nothing, so that a part may be sent again when it is not known to have arrived.
   * @param at sample of one channel that the part begins with @param bytes Float32 little-endian, interleaved
   * @throws HarkError bad-input for half a sample or a gap before the part, conflict when the take has ended or the file is full
   */
  append(at: number, bytes: Uint8Array): void {
    if (this.#handle === null) throw new HarkError('conflict', 'This take has ended.', { where: 'take' });
    const block = SAMPLE_BYTES * this.shape.channels;
    if (bytes.length % block !== 0)
      throw new HarkError('bad-input', `The part ends within a sample: ${bytes.length} bytes.`, { where: 'samples' });
    if (at > this.#frames)
      throw new HarkError('bad-input', `Samples ${this.#frames} to ${at} are missing before this part.`, {
        where: 'at',
      });
    const fresh = bytes.subarray((this.#frames - at) * block);
    const offset = HEADER_BYTES + this.#frames * block;
    if (offset + fresh.length > MOST_BYTES)
      throw new HarkError('conflict', 'The take has reached 4 GB, the most a WAV file holds.', {
        remedy: 'Stop here, keep it, and begin the next take.',
      });
    for (let done = 0; done < fresh.length;)
      done += writeSync(this.#handle, fresh, done, fresh.length - done, offset + done);
    this.#frames += fresh.length / block;
  }

  /** Lets go of the file; it gets no more parts. */
  end(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }
}

/** Writes the true sizes into the header of a take that has ended or was cut off. @throws HarkError as `takeSignal` */
export function closeTake(path: string): void {
  const { sampleRate, channels, frames } = takeSignal(path);
  const handle = openSync(path, 'r+');
  try {
    ftruncateSync(handle, HEADER_BYTES + frames * SAMPLE_BYTES * channels.length);
    writeSync(handle, takeHeader({ sampleRate, channels: channels.length }, frames), 0, HEADER_BYTES, 0);
  } finally {
    closeSync(handle);
  }
}

/** The 44 bytes before the samples. @param frames null: to the end of the file */
function takeHeader({ sampleRate, channels }: TakeShape, frames: number | null): Uint8Array {
  const block = SAMPLE_BYTES * channels;
  const size = frames === null ? OPEN_ENDED : frames * block;
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(frames === null ? OPEN_ENDED : HEADER_BYTES - 8 + size, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(FLOAT, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * block, 28);
  header.writeUInt16LE(block, 32);
  header.writeUInt16LE(8 * SAMPLE_BYTES, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(size, 40);
  return header;
}

/**
 * The sound of a take's file, ended or cut off, read where it lies.
 * @throws HarkError unreadable-file when it is no take
 */
export function takeSignal(path: string): Signal {
  const handle = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    const read = readSync(handle, header, 0, HEADER_BYTES, 0);
    const shape = { sampleRate: header.readUInt32LE(24), channels: header.readUInt16LE(22) };
    // The sizes are the one thing that an end, or none, has left different.
    const known = read === HEADER_BYTES && MOST_CHANNELS >= shape.channels && MOST_RATE >= shape.sampleRate;
    if (!known || !sameButSizes(header, takeHeader(shape, null)))
      throw new HarkError('unreadable-file', 'This is not a take of Hark’s.', { where: path });
    const stride = SAMPLE_BYTES * shape.channels;
    const frames = Math.floor((fstatSync(handle).size - HEADER_BYTES) / stride);
    const sources = Array.from({ length: shape.channels }, (_, channel): Source => ({
      ...{ kind: 'file', path, encoding: 'f32le', stride },
      offset: HEADER_BYTES + SAMPLE_BYTES * channel,
    }));
    return signalFrom(sources, frames, shape.sampleRate);
  } finally {
    closeSync(handle);
  }
}

function sameButSizes(a: Buffer, b: Uint8Array): boolean {
  return a.subarray(8, 40).equals(b.subarray(8, 40)) && a.subarray(0, 4).equals(b.subarray(0, 4));
}
