import { isBand, type Edit, type EditOf, type EditOp, type SoundShape } from './edit.ts';
import { HarkError } from './errors.ts';

/** Samples [from, end). */
export interface Frames {
  from: number;
  end: number;
}

/**
 * The samples a span of seconds stands for: [round(start * rate), round(end * rate)), held to what is there.
 * @throws HarkError bad-input if it lies outside the sound, or holds no sample where it must (`empty` false)
 */
export function framesOf(
  { start, end }: { start: number | null; end: number | null },
  { frames, sampleRate }: SoundShape,
  empty = false,
): Frames {
  const from = Math.round((start ?? 0) * sampleRate);
  const last = end === null ? frames : Math.min(frames, Math.round(end * sampleRate));
  if (from < last || (empty && from === last && from <= frames)) return { from, end: last };
  throw new HarkError(
    'bad-input',
    `From ${start ?? 0} s to ${end === null ? 'the end' : `${end} s`} there is no sound: it is ${frames / sampleRate} s long.`,
    { where: 'start', remedy: 'Choose a part of the sound.' },
  );
}

/**
 * Samples of the sound before an edit that live on after it: sample n lies at to + scale * (n - from), counted at the rate before.
 * A scale of -1 mirrors: `to` is then where the part ends.
 */
interface Part extends Frames {
  to: number;
  scale: number;
}

/** What an edit does to a sound's shape and to the places in it. */
interface Effect {
  shape: SoundShape;
  parts: readonly Part[];
}

/** Nothing moves. */
const still = (shape: SoundShape): Effect => ({
  shape,
  parts: [{ from: 0, end: shape.frames, to: 0, scale: 1 }],
});

/** `by` samples stand in the place of some; of those `within` live on. */
function exchanged(shape: SoundShape, { from, end }: Frames, by: number, within: readonly Part[] = []): Effect {
  const { frames } = shape;
  const before = { from: 0, end: from, to: 0, scale: 1 };
  const after = { from: end, end: frames, to: from + by, scale: 1 };
  return { shape: { ...shape, frames: frames - (end - from) + by }, parts: [before, ...within, after] };
}

/** Within a span nothing moves. */
function inPlace(edit: { start: number | null; end: number | null }, shape: SoundShape): Effect {
  framesOf(edit, shape);
  return still(shape);
}

/** @throws HarkError bad-input if a frequency is not below half the rate; `where` its field */
function belowNyquist(where: string, hertz: number, { sampleRate }: SoundShape, orAt = false): void {
  if (hertz < sampleRate / 2 || (orAt && hertz === sampleRate / 2)) return;
  throw new HarkError(
    'bad-input',
    `${hertz} Hz is not below half the sampling rate (${sampleRate / 2} Hz): the sound has nothing there.`,
    { where, remedy: 'Choose a lower frequency.' },
  );
}

/** Samples that a duration stands for. @throws HarkError bad-input if there are none */
function framesIn(duration: number, { sampleRate }: SoundShape): number {
  const frames = Math.round(duration * sampleRate);
  if (frames > 0) return frames;
  throw new HarkError('bad-input', `${duration} s is less than one sample at ${sampleRate} Hz.`, {
    where: 'duration',
    remedy: 'Choose a longer time.',
  });
}

const EFFECTS: { readonly [Op in EditOp]: (edit: EditOf<Op>, shape: SoundShape) => Effect } = {
  delete: (edit, shape) => exchanged(shape, framesOf(edit, shape), 0),
  keep(edit, shape) {
    const { from, end } = framesOf(edit, shape);
    return { shape: { ...shape, frames: end - from }, parts: [{ from, end, to: 0, scale: 1 }] };
  },
  silence: inPlace,
  insertSilence: ({ at, duration }, shape) =>
    exchanged(shape, framesOf({ start: at, end: at }, shape, true), framesIn(duration, shape)),
  paste: (edit, shape) => exchanged(shape, framesOf(edit, shape, true), framesIn(edit.duration, shape)),
  fade: inPlace,
  gain: inPlace,
  normalisePeak: inPlace,
  normaliseLoudness: inPlace,
  reverse(edit, shape) {
    const { from, end } = framesOf(edit, shape);
    return exchanged(shape, { from, end }, end - from, [{ from, end, to: end, scale: -1 }]);
  },
  removeDc: inPlace,
  resample({ sampleRate }, shape) {
    const frames = Math.ceil((shape.frames * sampleRate) / shape.sampleRate);
    return { ...still(shape), shape: { ...shape, sampleRate, frames } };
  },
  mono: (_edit, shape) => ({ ...still(shape), shape: { ...shape, channels: 1 } }),
  filter(edit, shape) {
    belowNyquist('frequency', edit.frequency, shape);
    if (isBand(edit.filter)) belowNyquist('width', edit.width ?? Infinity, shape);
    return inPlace(edit, shape);
  },
  attenuateBox(edit, shape) {
    belowNyquist('fMin', edit.fMin, shape);
    belowNyquist('fMax', edit.fMax, shape, true);
    return inPlace(edit, shape);
  },
  reduceNoise: inPlace,
  stretch(edit, shape) {
    const { from, end } = framesOf(edit, shape);
    const by = Math.max(1, Math.round((end - from) * edit.factor));
    return exchanged(shape, { from, end }, by, [{ from, end, to: from, scale: by / (end - from) }]);
  },
  shiftPitch: inPlace,
  addNoise: inPlace,
};

const effectOf = (edit: Edit, shape: SoundShape): Effect =>
  (EFFECTS[edit.op] as (edit: Edit, shape: SoundShape) => Effect)(edit, shape);

/**
 * What a sound is like after an edit, without making it.
 * @throws HarkError bad-input if the edit does not fit the sound, or would leave nothing of it; `where` the field
 */
export function editedShape(shape: SoundShape, edit: Edit): SoundShape {
  const after = effectOf(edit, shape).shape;
  if (after.frames > 0) return after;
  throw new HarkError('bad-input', 'Nothing would be left of the sound.', {
    where: 'end',
    remedy: 'Leave a part of it, or reject the clip.',
  });
}

/** The same for a whole list, the first edit first. */
export const shapeAfter = (shape: SoundShape, edits: readonly Edit[]): SoundShape => edits.reduce(editedShape, shape);

/** Where a moment of a part lies, seconds; unmoved ones to the bit. */
const movedIn = ({ from, to, scale }: Part, seconds: number, sampleRate: number): number =>
  seconds + (to - from + (scale - 1) * (seconds * sampleRate - from)) / sampleRate;

/**
 * Where a moment of the sound lies after an edit, seconds; null if it was taken out. A moment on a border belongs to what follows
 * it; what lies in a stretched part moves with it; what a reversed part holds is mirrored.
 */
export function movedTime(shape: SoundShape, edit: Edit, seconds: number): number | null {
  const { sampleRate, frames } = shape;
  const held = Math.min(Math.max(0, seconds), frames / sampleRate);
  const part = effectOf(edit, shape).parts.findLast(
    ({ from, end }) => held >= from / sampleRate && held <= end / sampleRate,
  );
  return part ? movedIn(part, held, sampleRate) : null;
}

/**
 * Where a span of the sound lies after an edit, seconds: from the first to the last of what is left of it, with all that now stands
 * between; null if nothing is. A moment (start = end) stays one. Never outside the sound.
 */
export function movedSpan(
  shape: SoundShape,
  edit: Edit,
  { start, end }: { start: number; end: number },
): { start: number; end: number } | null {
  if (start === end) {
    const moment = movedTime(shape, edit, start);
    return moment === null ? null : { start: moment, end: moment };
  }
  const { sampleRate } = shape;
  if (edit.op === 'reverse') {
    const part = framesOf(edit, shape);
    // What reaches beyond the part stays where it is: neighbours would overlap.
    if (start * sampleRate < part.from || end * sampleRate > part.end) return { start, end };
  }
  const borders = effectOf(edit, shape).parts.flatMap((part) => {
    const low = Math.max(start, part.from / sampleRate);
    const high = Math.min(end, part.end / sampleRate);
    return low < high ? [movedIn(part, low, sampleRate), movedIn(part, high, sampleRate)] : [];
  });
  return borders.length === 0 ? null : { start: Math.min(...borders), end: Math.max(...borders) };
}
