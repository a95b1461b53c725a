import type { Edit, SoundShape } from './edit.ts';
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

/** Samples that an edit takes out, and how many stand in their place; null where it changes none of the length. */
interface Replaced extends Frames {
  by: number;
}

function replaced(edit: Edit, shape: SoundShape): Replaced | null {
  const { sampleRate } = shape;
  switch (edit.op) {
    case 'delete':
      return { ...framesOf(edit, shape), by: 0 };
    case 'paste':
      return { ...framesOf(edit, shape, true), by: Math.round(edit.duration * sampleRate) };
    case 'insertSilence': {
      const place = framesOf({ start: edit.at, end: edit.at }, shape, true);
      return { ...place, by: Math.round(edit.duration * sampleRate) };
    }
    case 'stretch': {
      const part = framesOf(edit, shape);
      return { ...part, by: Math.max(1, Math.round((part.end - part.from) * edit.factor)) };
    }
    default:
      return null;
  }
}

/**
 * What a sound is like after an edit, without making it.
 * @throws HarkError bad-input if the edit does not fit the sound, or would leave nothing of it
 */
export function editedShape(shape: SoundShape, edit: Edit): SoundShape {
  if (edit.op === 'mono') return { ...shape, channels: 1 };
  if (edit.op === 'resample') {
    const frames = Math.ceil((shape.frames * edit.sampleRate) / shape.sampleRate);
    return { ...shape, sampleRate: edit.sampleRate, frames };
  }
  if (edit.op === 'keep') {
    const { from, end } = framesOf(edit, shape);
    return { ...shape, frames: end - from };
  }
  const change = replaced(edit, shape);
  if (!change) {
    framesOf('start' in edit ? edit : { start: null, end: null }, shape);
    return shape;
  }
  const frames = shape.frames - (change.end - change.from) + change.by;
  if (frames < 1)
    throw new HarkError('bad-input', 'Nothing would be left of the sound.', {
      where: 'end',
      remedy: 'Leave a part of it, or reject the clip.',
    });
  return { ...shape, frames };
}

/** The same for a whole list, the first edit first. */
export const shapeAfter = (shape: SoundShape, edits: readonly Edit[]): SoundShape => edits.reduce(editedShape, shape);

/**
 * Where a moment of the sound lies after an edit, seconds; null if it was taken out. What lies on the border of what was taken out
 * is kept; what lies in a stretched part moves with it; what a reversed part holds is mirrored.
 */
export function movedTime(shape: SoundShape, edit: Edit, seconds: number): number | null {
  const { sampleRate } = shape;
  const position = seconds * sampleRate;
  if (edit.op === 'keep') {
    const { from, end } = framesOf(edit, shape);
    return position < from || position > end ? null : (position - from) / sampleRate;
  }
  if (edit.op === 'reverse') {
    const { from, end } = framesOf(edit, shape);
    return position < from || position > end ? seconds : (from + end - position) / sampleRate;
  }
  const change = replaced(edit, shape);
  if (!change || position <= change.from) {
    const at = change && position === change.from && change.end === change.from;
    return at ? (position + change.by) / sampleRate : seconds;
  }
  const { from, end, by } = change;
  if (position >= end) return (position - (end - from) + by) / sampleRate;
  return edit.op === 'stretch' ? (from + ((position - from) * by) / (end - from)) / sampleRate : null;
}

/**
 * Where a span of the sound lies after an edit, seconds: cut to what is left of it, null if nothing is. A moment (start = end) stays
 * one.
 */
export function movedSpan(
  shape: SoundShape,
  edit: Edit,
  { start, end }: { start: number; end: number },
): { start: number; end: number } | null {
  if (edit.op === 'reverse') {
    const { from, end: last } = framesOf(edit, shape);
    // What reaches beyond the part stays where it is.
    if (start * shape.sampleRate < from || end * shape.sampleRate > last) return { start, end };
  }
  const before = movedTime(shape, edit, start);
  const after = movedTime(shape, edit, end);
  if (before !== null && after !== null) {
    if (start < end && before === after) return null;
    return { start: Math.min(before, after), end: Math.max(before, after) };
  }
  if (start === end) return null;
  // An end that was taken out gives way to the border of what is left.
  const [first, last] = remains(shape, edit);
  const from = before ?? (edit.op === 'keep' ? first : (movedTime(shape, edit, last) ?? 0));
  const to = after ?? (edit.op === 'keep' ? last : first);
  if (
    edit.op === 'keep' &&
    (end * shape.sampleRate <= framesOf(edit, shape).from || start * shape.sampleRate >= framesOf(edit, shape).end)
  )
    return null;
  return from < to ? { start: from, end: to } : null;
}

/** The borders that stay when an edit takes sound out: of `keep` in the new sound, else of the part taken, in the old one. Seconds. */
function remains(shape: SoundShape, edit: Edit): [number, number] {
  const { sampleRate } = shape;
  if (edit.op === 'keep') return [0, (framesOf(edit, shape).end - framesOf(edit, shape).from) / sampleRate];
  const change = replaced(edit, shape);
  return change ? [change.from / sampleRate, change.end / sampleRate] : [0, shape.frames / sampleRate];
}
