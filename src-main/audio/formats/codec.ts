import decoders from 'audio-decode';
import { asHarkError } from '#shared/domain/errors.ts';
import { silence, silencedWarning } from '../finite.ts';
import type { ByteSource } from './byte-source.ts';
import { CONVERT, unreadable, type OpenedSound, type TakeSamples } from './format.ts';
import { noSamples } from './pcm.ts';

export interface StreamOptions {
  codec: 'mp3' | 'flac' | 'oga' | 'opus' | 'm4a';
  /** As in "The FLAC stream is damaged". */
  name: string;
  /** Bytes before the stream; none where left out. */
  from?: number;
  /** That the header states; as many as come out where left out. */
  channels?: number;
}

/** What a stream has turned out to be. */
export interface DecodedStream {
  sampleRate: number;
  channels: number;
  frames: number;
  warnings: string[];
}

/** Bytes the decoder is given at once: small recordings come out in one part, of long ones little is in memory. */
const PIECE = 4 * 2 ** 20;

/**
 * Decodes a compressed file with one of audio-decode's WebAssembly decoders, encoder delay and padding removed, part after part.
 * (MP4 is decoded as a whole: its index may be at its end.)
 * @throws HarkError unreadable-file if nothing comes out
 */
export async function decodeStream(
  source: ByteSource,
  { codec, name, from = 0, channels }: StreamOptions,
  take: TakeSamples,
): Promise<DecodedStream> {
  const stream = { sampleRate: 0, channels: channels ?? 0, frames: 0 };
  let wrong = 0;
  const part = ({ channelData, sampleRate }: { channelData: Float32Array[]; sampleRate: number }) => {
    const frames = channelData[0]?.length ?? 0;
    if (frames === 0) return;
    stream.sampleRate ||= sampleRate;
    stream.channels ||= channelData.length;
    stream.frames += frames;
    // The MP3 decoder gives one channel where both are alike.
    const all =
      channelData.length === 1 && stream.channels === 2 ? [channelData[0], channelData[0].slice()] : channelData;
    if (all.length !== stream.channels)
      throw unreadable(
        `The ${name} stream has ${all.length} channels where ${stream.channels} are said to be.`,
        CONVERT,
      );
    wrong += all.reduce((sum, samples) => sum + silence(samples), 0);
    take(all);
  };
  const decoder = await decoders[codec]();
  // What goes wrong in `take` is no fault of the stream.
  const decoded = async (bytes: Uint8Array | null) => {
    try {
      return await (bytes ? decoder(bytes) : decoder.flush());
    } catch (thrown) {
      const remedy = 'Get the file again from where it came from.';
      throw unreadable(`The ${name} stream is damaged (${asHarkError(thrown).message}).`, remedy, thrown);
    }
  };
  try {
    for (let at = from; at < source.size; at += PIECE) part(await decoded(source.read(at, PIECE)));
    part(await decoded(null));
  } finally {
    decoder.free();
  }
  if (stream.frames === 0) throw noSamples();
  return { ...stream, warnings: silencedWarning(wrong) };
}

/**
 * Compressed files up to this size are kept as they were decoded to be measured; larger ones are decoded again, but for MP4, which
 * was whole in memory in any case.
 */
const KEPT_BYTES = 8 * 2 ** 20;

/** Decodes a stream whose length is only known then. */
export async function measureStream(
  source: ByteSource,
  options: StreamOptions,
): Promise<{ stream: DecodedStream; decode: OpenedSound['decode'] }> {
  const parts: Float32Array[][] = [];
  const keep = options.codec === 'm4a' || source.size <= KEPT_BYTES;
  const stream = await decodeStream(source, options, (part) => keep && parts.push(part));
  return {
    stream,
    async decode(take) {
      if (!keep) return (await decodeStream(source, options, take)).warnings;
      parts.forEach(take);
      return stream.warnings;
    },
  };
}
