import type { Source } from './source.ts';

/** Takes the samples that an operation makes, block by block. */
export interface Sink {
  /** @param block one array a channel, all of one length; it may be used again after the call */
  write(block: readonly Float32Array[]): void;
  /** The samples written, one source a channel, and how many there are to a channel. */
  end(): { sources: Source[]; frames: number };
}
export type MakeSink = (channels: number) => Sink;

/** Keeps samples in memory: for clips. */
export const memorySink: MakeSink = (channels) => {
  const blocks: Float32Array[][] = Array.from({ length: channels }, () => []);
  let frames = 0;
  return {
    write(block) {
      block.forEach((samples, channel) => blocks[channel].push(samples.slice()));
      frames += block[0].length;
    },
    end() {
      const sources = blocks.map((parts): Source => {
        const samples = new Float32Array(frames);
        let filled = 0;
        for (const part of parts) {
          samples.set(part, filled);
          filled += part.length;
        }
        return { kind: 'memory', samples };
      });
      return { sources, frames };
    },
  };
};
