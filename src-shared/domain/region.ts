import { z } from 'zod';

/**
 * What a tier of a dataset holds, in the manner of Praat:
 * - `intervals`: one after another without gap or overlap over the whole clip; neighbours share their border
 * - `points`: moments (start = end)
 * - `regions`: spans that may overlap, and boxes in time x frequency
 */
export const TIER_KINDS = ['intervals', 'points', 'regions'] as const;

export const Tier = z.object({
  id: z.number().int(),
  dataset: z.number().int(),
  name: z.string().trim().min(1).max(100),
  kind: z.enum(TIER_KINDS),
  /** From the top, counted from 0. */
  position: z.number().int(),
});
export type Tier = z.infer<typeof Tier>;

/** Who or what set a label: the dataset's import, a person, a file of labels, or an accepted suggestion. */
export const SET_BY = ['import', 'user', 'file', 'suggestion'] as const;
export const SetBy = z.enum(SET_BY);
export type SetBy = z.infer<typeof SetBy>;

export const Region = z.object({
  id: z.number().int(),
  clip: z.number().int(),
  tier: z.number().int(),
  /** Seconds of the clip's sound as edited. */
  start: z.number().min(0),
  end: z.number().min(0),
  /** Hz; null: all frequencies. A box has both. */
  fMin: z.number().min(0).nullable(),
  fMax: z.number().positive().nullable(),
  label: z.string().max(500),
  note: z.string().max(2000),
  setBy: SetBy,
  /** ISO 8601, UTC. */
  setAt: z.string(),
});
export type Region = z.infer<typeof Region>;

/** A region as the window puts it: without an id it is a new one. */
export const RegionDraft = Region.omit({ setBy: true, setAt: true, clip: true }).extend({
  id: z.number().int().nullable().default(null),
  fMin: Region.shape.fMin.default(null),
  fMax: Region.shape.fMax.default(null),
  label: Region.shape.label.default(''),
  note: Region.shape.note.default(''),
});
export type RegionDraft = z.infer<typeof RegionDraft>;
export type RegionDraftInput = z.input<typeof RegionDraft>;

export const CLIP_STATES = ['todo', 'done', 'checked', 'rejected'] as const;
export const ClipState = z.enum(CLIP_STATES);
export type ClipState = z.infer<typeof ClipState>;

export const CLIP_STATE_NAMES: Record<ClipState, string> = {
  todo: 'To do',
  done: 'Done',
  checked: 'Checked',
  rejected: 'Rejected',
};

/** What the clips' own label is called beside further sets. */
export const OWN_LABELS = 'Label';

/** A further set of labels for a dataset's clips (emotion, quality, ...), beside the label that networks are trained on. */
export const LabelSet = z.object({
  /** null: the clips' own label. */
  id: z.number().int().nullable(),
  name: z.string().trim().min(1).max(100),
  /** In the order of the digit keys: the first is 1, the tenth 0. */
  classes: z.array(z.string().trim().min(1).max(200)).max(1000),
});
export type LabelSet = z.infer<typeof LabelSet>;

export const LABEL_FORMATS = ['audacity', 'textgrid', 'timit-phn', 'timit-wrd', 'label-studio', 'csv', 'rttm'] as const;
export const LabelFormat = z.enum(LABEL_FORMATS);
export type LabelFormat = z.infer<typeof LabelFormat>;

export const LABEL_FORMAT_NAMES: Record<LabelFormat, string> = {
  audacity: 'Audacity label track',
  textgrid: 'Praat TextGrid',
  'timit-phn': 'TIMIT .phn',
  'timit-wrd': 'TIMIT .wrd',
  'label-studio': 'Label Studio JSON',
  csv: 'CSV',
  rttm: 'RTTM',
};
