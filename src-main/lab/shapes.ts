import { editedShape } from '#shared/domain/edit-shape.ts';
import type { Edit, SoundShape } from '#shared/domain/edit.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { Reads, Store } from './store.ts';

/** Columns that say what a clip's sound was like before its edits. */
const SOURCE_SHAPE = `coalesce(source_frames, clip.frames) as frames,
  coalesce(source_rate, clip.sample_rate) as sampleRate, coalesce(source_channels, clip.channels) as channels`;

/** A clip's edits (none, where there is no such clip), and what its sound is like before them. */
export function soundBehind(store: Reads, clip: number): { source: SoundShape; edits: Edit[] } {
  const row = store.prepare(`select edits, ${SOURCE_SHAPE} from clip where id = ?`).get(clip);
  const { edits, ...source } = (row ?? { edits: '[]', frames: 0, sampleRate: 1, channels: 1 }) as SoundShape & {
    edits: string;
  };
  return { source, edits: JSON.parse(edits) as Edit[] };
}

/** How far a list of edits fits a sound. */
export interface Fit {
  /** What the sound is like after the edits that fit. */
  shape: SoundShape;
  /** How many of the first edits fit: all, unless the file has changed since. */
  edits: number;
  /** Why the next one does not; null if all fit. */
  error: HarkError | null;
}

export function fitEdits(source: SoundShape, edits: readonly Edit[]): Fit {
  let shape = source;
  for (const [index, edit] of edits.entries())
    try {
      shape = editedShape(shape, edit);
    } catch (error) {
      if (!(error instanceof HarkError)) throw error;
      return { shape, edits: index, error };
    }
  return { shape, edits: edits.length, error: null };
}

interface StoredShape extends SoundShape {
  edits: string;
  nowFrames: number;
  nowRate: number;
  nowChannels: number;
}

/**
 * Answers a function that works out anew what a clip is like from its file and its edits: what edits do to the shape is never kept
 * apart from them, so that taking one back is right even when the file has changed meanwhile. Where an edit does not fit any more,
 * the clip has the shape before it, and keeps its edits.
 */
export function reshaper(store: Store): (clip: number) => void {
  const read = store.prepare(
    `select edits, ${SOURCE_SHAPE}, frames as nowFrames, sample_rate as nowRate, channels as nowChannels
    from clip where id = ?`,
  );
  const source = store.prepare('update clip set source_frames = ?, source_rate = ?, source_channels = ? where id = ?');
  // Apart, for what it sets stands in indices.
  const shape = store.prepare('update clip set frames = ?, sample_rate = ?, channels = ?, duration = ? where id = ?');
  return (clip) => {
    const row = read.get(clip) as StoredShape | undefined;
    if (!row) return;
    const { frames, sampleRate, channels } = row;
    const edits = JSON.parse(row.edits) as Edit[];
    if (edits.length > 0) source.run(frames, sampleRate, channels, clip);
    else source.run(null, null, null, clip);
    const now = fitEdits({ frames, sampleRate, channels }, edits).shape;
    if (now.frames !== row.nowFrames || now.sampleRate !== row.nowRate || now.channels !== row.nowChannels)
      shape.run(now.frames, now.sampleRate, now.channels, now.frames / now.sampleRate, clip);
  };
}
