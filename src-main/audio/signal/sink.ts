import type { Source } from './source.ts';

/** Takes the samples that an operation makes, block by block. */
export interface Sink {
  /** @param block one array a channel, all of one length; it may be used again after the call */
  write(block: readonly Float32Array[]): void;
  /** The samples written, one source a channel, and how many there are to a channel. */
  end(): { sources: Source[]; frames: number };
}
export type MakeSink = (channels: number) => Sink;

/** Keeps samples in memory that all threads see: for clips. */
export const memorySink: MakeSink = (channels) => new MemorySink(channels);

/** Keeps up to `most` samples of all channels in memory; what becomes longer goes on in a sink of the other kind. */
export const spillingSink =
  (most: number, makeOther: MakeSink): MakeSink =>
  (channels) => {
    const memory = new MemorySink(channels);
    let sink: Sink = memory;
    let written = 0;
    return {
      write(block) {
        written += channels * block[0].length;
        if (written > most && sink === memory) {
          sink = makeOther(channels);
          for (const part of memory.blocks()) sink.write(part);
        }
        sink.write(block);
      },
      end: () => sink.end(),
    };
  };

class MemorySink implements Sink {
  readonly #channels: number;
  readonly #blocks: Float32Array[][] = [];
  #frames = 0;

  constructor(channels: number) {
    this.#channels = channels;
  }

  write(block: readonly Float32Array[]): void {
    this.#blocks.push(block.map((samples) => samples.slice()));
    this.#frames += block[0].length;
  }

  blocks(): readonly (readonly Float32Array[])[] {
    return this.#blocks;
  }

  end(): { sources: Source[]; frames: number } {
    const sources = Array.from({ length: this.#channels }, (_, channel): Source => {
      const samples = sharedFloats(this.#frames);
      let filled = 0;
      for (const block of this.#blocks) {
        samples.set(block[channel], filled);
        filled += block[channel].length;
      }
      return { kind: 'memory', samples };
    });
    return { sources, frames: this.#frames };
  }
}

/** Memory that goes to other threads without being copied. */
export const sharedFloats = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(4 * length));
