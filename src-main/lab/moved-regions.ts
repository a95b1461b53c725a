import { editedShape, framesOf, movedSpan } from '#shared/domain/edit-shape.ts';
import type { Edit, SoundShape } from '#shared/domain/edit.ts';

/** Seconds. */
export interface Span {
  start: number;
  end: number;
}

/** A span, and the region it is; null: it needs a new one, with what `like` holds (null: nothing). */
export interface MovedSpan extends Span {
  region: number | null;
  like: number | null;
}

/** Spans of one tier after an edit; those that were cut away are left out. @param whole they cover the sound without gaps */
export function movedSpans(shape: SoundShape, edit: Edit, spans: readonly MovedSpan[], whole: boolean): MovedSpan[] {
  const parts = whole && edit.op === 'reverse' ? cutAt(spans, borders(shape, edit)) : spans;
  const moved = parts.flatMap((span) => {
    const to = movedSpan(shape, edit, span);
    return to ? { ...span, ...to } : [];
  });
  return whole ? covering(moved, editedShape(shape, edit)) : moved;
}

/** The same when an edit is taken off the end of the list: what it had put in is gone, where it had cut there is a gap again. */
export function spansBefore(shape: SoundShape, edit: Edit, spans: readonly MovedSpan[], whole: boolean): MovedSpan[] {
  const after = editedShape(shape, edit);
  const parts = whole && edit.op === 'reverse' ? cutAt(spans, borders(shape, edit)) : spans;
  const moved = parts.flatMap((span) => {
    const to = edit.op === 'reverse' ? movedSpan(shape, edit, span) : spanBefore(shape, after, edit, span);
    return to ? { ...span, ...to } : [];
  });
  return whole ? covering(moved, shape) : moved;
}

function spanBefore(shape: SoundShape, after: SoundShape, edit: Edit, { start, end }: Span): Span | null {
  const { sampleRate } = shape;
  if (edit.op === 'keep') {
    const first = framesOf(edit, shape).from / sampleRate;
    return { start: first + start, end: first + end };
  }
  if (!('start' in edit || edit.op === 'insertSilence') || after.frames === shape.frames) {
    const last = shape.frames / sampleRate;
    return { start: Math.min(start, last), end: Math.min(end, last) };
  }
  const place = edit.op === 'insertSilence' ? { start: edit.at, end: edit.at } : edit;
  const part = framesOf(place, shape, true);
  const [from, to] = [part.from / sampleRate, part.end / sampleRate];
  // What stands in the part's place now reaches to here.
  const now = (part.end + after.frames - shape.frames) / sampleRate;
  const inside = (time: number, border: number) =>
    edit.op === 'stretch' ? from + ((time - from) * (to - from)) / (now - from) : border;
  const before = (time: number, border: number) =>
    time < from ? time : time >= now ? time - now + to : inside(time, border);
  const [first, last] = [before(start, to), end <= from ? end : before(end, from)];
  if (start === end) return edit.op !== 'stretch' && start > from && start < now ? null : { start: first, end: first };
  return first < last ? { start: first, end: last } : null;
}

/** Borders of the part that an edit turns round. */
function borders(shape: SoundShape, edit: Edit): number[] {
  const { from, end } = framesOf('start' in edit ? edit : { start: null, end: null }, shape);
  return [from / shape.sampleRate, end / shape.sampleRate];
}

/** Spans that reach over a moment become two; the first stays the region. */
function cutAt(spans: readonly MovedSpan[], moments: readonly number[]): MovedSpan[] {
  return moments.reduce<MovedSpan[]>(
    (parts, at) =>
      parts.flatMap((span) =>
        span.start < at && at < span.end
          ? [
              { ...span, end: at },
              { start: at, end: span.end, region: null, like: span.like },
            ]
          : span,
      ),
    [...spans],
  );
}

/** Spans that cover a sound: what is uncovered becomes a span of its own, what overlaps gives way, borders are shared. */
function covering(spans: readonly MovedSpan[], { frames, sampleRate }: SoundShape): MovedSpan[] {
  if (spans.length === 0) return [];
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  const [last, hair] = [frames / sampleRate, 0.5 / sampleRate];
  const covered: MovedSpan[] = [];
  let at = 0;
  const until = (moment: number) => {
    if (moment - at <= hair) return;
    covered.push({ start: at, end: moment, region: null, like: null });
    at = moment;
  };
  for (const span of sorted) {
    until(Math.min(span.start, last));
    const end = Math.min(span.end, last);
    if (end - at <= hair) continue;
    covered.push({ ...span, start: at, end });
    at = end;
  }
  until(last);
  covered[covered.length - 1].end = last;
  return covered;
}
