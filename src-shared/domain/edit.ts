import { z } from 'zod';

/**
 * One operation of a clip's edit list. Times are seconds of the sound as it stands before the operation; a time stands for the
 * sample round(time * sampleRate). null: from the beginning, to the end.
 */
const at = z.number().min(0);
const span = { start: at.nullable().default(null), end: at.nullable().default(null) };
const part = { start: at, end: at };
const hertz = z.number().positive();
/** Sound kept in the lab under its content's hash: what was copied, or a profile of noise. */
const kept = z.string().regex(/^[0-9a-f]{40}$/);

export const FADE_SHAPES = ['linear', 'quarterSine', 'halfSine', 'exponential'] as const;
export const FILTERS = ['lowPass', 'highPass', 'bandPass', 'notch'] as const;
export const NOISE_COLOURS = ['white', 'pink', 'brown'] as const;

/** Filters that have a width. */
export const isBand = (filter: (typeof FILTERS)[number]): boolean => filter === 'bandPass' || filter === 'notch';

const Operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('delete'), ...part }),
  /** All but the span is deleted ("trim"). */
  z.strictObject({ op: z.literal('keep'), ...part }),
  z.strictObject({ op: z.literal('silence'), ...span }),
  z.strictObject({ op: z.literal('insertSilence'), at, duration: z.number().positive().max(86_400) }),
  /** Puts kept sound in the place of the span (of no length: in between), at the clip's rate and channels. */
  z.strictObject({ op: z.literal('paste'), ...part, sound: kept, duration: z.number().positive() }),
  z.strictObject({
    op: z.literal('fade'),
    ...span,
    direction: z.enum(['in', 'out']),
    shape: z.enum(FADE_SHAPES).default('linear'),
  }),
  z.strictObject({ op: z.literal('gain'), ...span, db: z.number().min(-120).max(60) }),
  /** The largest absolute sample of all channels becomes `db` below full scale. */
  z.strictObject({ op: z.literal('normalisePeak'), ...span, db: z.number().min(-60).max(0).default(-1) }),
  /** Integrated loudness (ITU-R BS.1770-4). */
  z.strictObject({ op: z.literal('normaliseLoudness'), ...span, lufs: z.number().min(-70).max(0).default(-23) }),
  z.strictObject({ op: z.literal('reverse'), ...span }),
  z.strictObject({ op: z.literal('removeDc'), ...span }),
  z.strictObject({ op: z.literal('resample'), sampleRate: z.number().int().min(100).max(768_000) }),
  z.strictObject({ op: z.literal('mono') }),
  z.strictObject({
    op: z.literal('filter'),
    ...span,
    filter: z.enum(FILTERS),
    /** Hz: the edge, or the centre of a band. */
    frequency: hertz,
    /** Hz from one -3 dB point of a band to the other; of bandPass and notch alone. */
    width: hertz.nullable().default(null),
    /** Of lowPass and highPass: 6 dB an octave each. */
    order: z.number().int().min(1).max(8).default(2),
  }),
  /** Turns a band down (or up) within a span: a box in time x frequency. */
  z.strictObject({
    op: z.literal('attenuateBox'),
    ...part,
    fMin: z.number().min(0),
    fMax: hertz,
    db: z.number().min(-120).max(24),
  }),
  z.strictObject({
    op: z.literal('reduceNoise'),
    ...span,
    /** A stretch of noise alone. */
    profile: kept,
    /** dB by which noise is turned down. */
    reduction: z.number().min(0).max(60).default(12),
    /** dB above the profile at which sound counts as sound. */
    sensitivity: z.number().min(0).max(24).default(6),
    /** Bands to each side over which powers are smoothed before they are judged. */
    smoothing: z.number().int().min(0).max(12).default(3),
  }),
  /** New length = old length * factor; the pitch stays. */
  z.strictObject({ op: z.literal('stretch'), ...span, factor: z.number().min(0.25).max(4) }),
  z.strictObject({ op: z.literal('shiftPitch'), ...span, semitones: z.number().min(-24).max(24) }),
  z.strictObject({
    op: z.literal('addNoise'),
    ...span,
    colour: z.enum(NOISE_COLOURS).default('white'),
    /** Power of the span's sound over the noise's, dB. */
    snr: z.number().min(-40).max(80),
    seed: z.number().int().min(0).max(0xffff_ffff).default(0),
  }),
]);

/** Whether an edit fits a sound is seen when it meets one (edit-shape.ts); here, whether it can fit any. */
export const Edit = Operation.superRefine((edit, context) => {
  const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if ('start' in edit && (edit.start ?? 0) > (edit.end ?? Infinity)) refuse('end', 'The end lies before the start.');
  if (edit.op === 'attenuateBox' && edit.fMin >= edit.fMax)
    refuse('fMax', 'The upper frequency must be above the lower one.');
  if (edit.op === 'filter' && isBand(edit.filter) && edit.width === null)
    refuse('width', 'A band-pass or notch filter needs a width.');
});
export type Edit = z.infer<typeof Edit>;
export type EditInput = z.input<typeof Edit>;
export type EditOp = Edit['op'];
export type EditOf<Op extends EditOp> = Extract<Edit, { op: Op }>;

/** What a sound is like, without its samples. */
export interface SoundShape {
  /** Samples of one channel. */
  frames: number;
  /** Hz */
  sampleRate: number;
  channels: number;
}
