import type { Span } from '#main/audio/cut.ts';
import { readWhole } from '#main/audio/byte-source.ts';
import { decodeBytes, type DecodedAudio } from '#main/audio/decode.ts';
import { unreadable } from '#main/audio/format.ts';
import { hashBytes } from '#main/audio/hash.ts';
import { refusalOf, type Refusal } from '#main/audio/inspect.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { clipFeatures } from './clip.ts';
import type { Features } from './extract.ts';

/** Clips of a few files, as they go to a thread. */
export interface FeatureBatch {
  spec: FeatureSpec;
  files: { path: string; contentHash: string; spans: Span[] }[];
}

/** For each span of each file, in order: its shape, or why there is none. */
export type FeatureResult = { frames: number; bins: number } | Refusal;

export interface FeatureBatchResult {
  results: FeatureResult[];
  /** The values of all clips that have some, one after another. */
  values: Float32Array<ArrayBuffer>;
}

/** Each file is decoded once, however many of its spans are asked for. */
export async function extractBatch({ spec, files }: FeatureBatch): Promise<FeatureBatchResult> {
  const results: FeatureResult[] = [];
  const parts: Float32Array[] = [];
  const attempt = (extract: () => Features) => {
    try {
      const { frames, bins, values } = extract();
      results.push({ frames, bins });
      parts.push(values);
    } catch (thrown) {
      results.push(refusalOf(thrown));
    }
  };
  for (const { path, contentHash, spans } of files) {
    const sound = await decodeUnchanged(path, contentHash).catch(refusalOf);
    for (const span of spans)
      if ('reason' in sound) results.push(sound);
      else attempt(() => clipFeatures(sound, spec, span));
  }
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    values.set(part, filled);
    filled += part.length;
  }
  return { results, values };
}

/** Features of other content must never be kept under this hash. */
async function decodeUnchanged(path: string, contentHash: string): Promise<DecodedAudio> {
  const bytes = await readWhole(path);
  if (hashBytes(bytes) !== contentHash)
    throw unreadable('The file has changed since it was brought into the lab.', 'Import its folder again.');
  return decodeBytes(bytes, path);
}
