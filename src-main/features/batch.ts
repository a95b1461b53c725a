import { checkFile, readWhole } from '#main/audio/formats/byte-source.ts';
import { cut, type Span } from '#main/audio/cut.ts';
import { decodeBytes } from '#main/audio/decode.ts';
import { applyEdits } from '#main/audio/edits/index.ts';
import { hashBytes } from '#main/audio/hash.ts';
import { refusalOf, type Refusal } from '#main/audio/inspect.ts';
import { keptSound } from '#main/audio/storage/kept.ts';
import { changedFile, ensureUnchanged, openSignal } from '#main/audio/open.ts';
import { signalOf, type Signal } from '#main/audio/signal/signal.ts';
import { memorySink } from '#main/audio/signal/sink.ts';
import type { Edit } from '#shared/domain/edit.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { clipFeatures } from './clip.ts';
import type { Features } from './extract.ts';

/** A part of a file, as edited. */
export interface EditedSpan extends Span {
  edits: readonly Edit[];
}

/** Clips of a few files, as they go to a thread. */
export interface FeatureBatch {
  spec: FeatureSpec;
  files: { path: string; contentHash: string; spans: EditedSpan[] }[];
  /** The lab's folder of sound kept for edits. */
  kept: string;
}

/** For each span of each file, in order: its shape, or why there is none. */
export type FeatureResult = { frames: number; bins: number } | Refusal;

export interface FeatureBatchResult {
  results: FeatureResult[];
  /** The values of all clips that have some, one after another. */
  values: Float32Array<ArrayBuffer>;
}

/** Each file is decoded once, however many of its spans are asked for. */
export async function extractBatch({ spec, files, kept }: FeatureBatch): Promise<FeatureBatchResult> {
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
  const context = { sink: memorySink, kept: (hash: string) => keptSound(kept, hash) };
  for (const { path, contentHash, spans } of files) {
    const sound = await openUnchanged(path, contentHash).catch(refusalOf);
    for (const span of spans)
      if ('reason' in sound) results.push(sound);
      else attempt(() => clipFeatures(applyEdits(cut(sound, span), span.edits, context), spec));
  }
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    values.set(part, filled);
    filled += part.length;
  }
  return { results, values };
}

/** Larger files are read where they lie; smaller ones once, for their hash and their sound. */
const READ_WHOLE = 2 ** 26;

/** Features of other content must never be kept under this hash. */
async function openUnchanged(path: string, contentHash: string): Promise<Signal> {
  if (checkFile(path).size > READ_WHOLE) {
    await ensureUnchanged(path, contentHash);
    return openSignal(path, memorySink);
  }
  const bytes = await readWhole(path);
  if (hashBytes(bytes) !== contentHash) throw changedFile();
  const { channels, sampleRate } = await decodeBytes(bytes, path);
  return signalOf(channels, sampleRate);
}
