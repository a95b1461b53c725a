import decoders from 'audio-decode';
import { asHarkError } from '#shared/domain/errors.ts';
import { silenceNonNumbers } from '../finite.ts';
import { unreadable } from './format.ts';
import { noSamples } from './pcm.ts';

export interface DecodedStream {
  sampleRate: number;
  channels: Float32Array[];
  warnings: string[];
}

/**
 * Decodes a whole compressed file with one of audio-decode's WebAssembly decoders, encoder delay and padding removed.
 * @param name as in "The FLAC stream is damaged"
 * @throws HarkError unreadable-file if nothing comes out
 */
export async function decodeStream(
  codec: 'mp3' | 'flac' | 'oga' | 'opus' | 'm4a',
  bytes: Uint8Array,
  name: string,
): Promise<DecodedStream> {
  const parts = [];
  try {
    const decoder = await decoders[codec]();
    try {
      parts.push(await decoder(bytes), await decoder.flush());
    } finally {
      decoder.free();
    }
  } catch (thrown) {
    throw unreadable(
      `The ${name} stream is damaged (${asHarkError(thrown).message}).`,
      'Get the file again from where it came from.',
      thrown,
    );
  }
  const filled = parts.filter((part) => (part.channelData[0]?.length ?? 0) > 0);
  if (filled.length === 0) throw noSamples();
  const channels = filled[0].channelData.map((_, channel) =>
    joined(filled.map((part) => part.channelData[channel] ?? new Float32Array(0))),
  );
  return { sampleRate: filled[0].sampleRate, channels, warnings: silenceNonNumbers(channels) };
}

function joined(parts: Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}
