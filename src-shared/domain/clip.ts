import { z } from 'zod';
import { ClipState, SetBy } from './region.ts';
import { PARTS } from './split.ts';

/** One row of the list of clips. */
export const ClipRow = z.object({
  id: z.number().int(),
  /** Path relative to the dataset's root, `/` between folders. */
  file: z.string(),
  label: z.string(),
  speaker: z.string().nullable(),
  duration: z.number(),
  sampleRate: z.number().int(),
  official: z.enum(PARTS).nullable(),
  missing: z.boolean(),
  /** The label is not the one the dataset came with. */
  relabelled: z.boolean(),
  /** Another clip of the dataset has the same content and the same edits. */
  duplicate: z.boolean(),
  /** It has edits: duration and rate are those of the edited sound. */
  edited: z.boolean(),
  state: ClipState,
});
export type ClipRow = z.infer<typeof ClipRow>;

export const CLIP_SORTS = ['file', 'label', 'speaker', 'duration', 'sampleRate'] as const;

export const ClipQuery = z.object({
  dataset: z.number().int(),
  /** Words that must all occur in the path, label or speaker. */
  search: z.string().default(''),
  label: z.string().nullable().default(null),
  speaker: z.string().nullable().default(null),
  only: z.enum(['all', 'missing', 'relabelled', 'duplicate', 'edited']).default('all'),
  state: ClipState.nullable().default(null),
  sort: z.enum(CLIP_SORTS).default('file'),
  descending: z.boolean().default(false),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
});
export type ClipQuery = z.infer<typeof ClipQuery>;

/** Who or what set a label, and when. Of each set the newest one without `undone` is in force. */
export const LabelEntry = z.object({
  id: z.number().int(),
  /** '' stands for a label of a further set that was taken away. */
  label: z.string(),
  /** The label set; null: the clip's own label. */
  set: z.number().int().nullable(),
  setBy: SetBy,
  /** ISO 8601, UTC. */
  setAt: z.string(),
  undone: z.boolean(),
});
export type LabelEntry = z.infer<typeof LabelEntry>;

export const ClipDetail = ClipRow.extend({
  dataset: z.number().int(),
  /** Absolute path. */
  path: z.string(),
  contentHash: z.string(),
  /** Another word for another sound: changes with the content, the span of it and the edits; part of the addresses of its bulk data. */
  version: z.string(),
  container: z.string(),
  codec: z.string(),
  channels: z.number().int(),
  bits: z.number().int().nullable(),
  frames: z.number().int(),
  /** Seconds into the file, where the clip is a part of it. */
  start: z.number().nullable(),
  end: z.number().nullable(),
  warnings: z.array(z.string()),
  history: z.array(LabelEntry),
});
export type ClipDetail = z.infer<typeof ClipDetail>;
