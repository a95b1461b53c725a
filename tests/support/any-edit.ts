import fc from 'fast-check';
import { Edit, FADE_SHAPES, FILTERS, NOISE_COLOURS, type EditInput } from '#shared/domain/edit.ts';

export const HASH = 'c'.repeat(40);

/** Of a sound of about half a second at 8 kHz; some do not fit it. */
const seconds = fc.double({ min: 0, max: 0.6, noNaN: true });
const spans = fc.tuple(seconds, seconds).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const open = fc.oneof(
  spans,
  fc.constant({ start: null, end: null }),
  spans.map(({ start }) => ({ start, end: null })),
);
const decibels = fc.double({ min: -40, max: 24, noNaN: true });

/** Edits of every kind that keep what is outside a span, for a given way to choose spans. */
const within = (span: fc.Arbitrary<{ start: number | null; end: number | null }>): fc.Arbitrary<unknown>[] => [
  span.map((each) => ({ op: 'silence', ...each })),
  fc
    .tuple(span, fc.constantFrom('in', 'out'), fc.constantFrom(...FADE_SHAPES))
    .map(([each, direction, shape]) => ({ op: 'fade', ...each, direction, shape })),
  fc.tuple(span, decibels).map(([each, db]) => ({ op: 'gain', ...each, db })),
  span.map((each) => ({ op: 'normalisePeak', ...each })),
  span.map((each) => ({ op: 'normaliseLoudness', ...each })),
  span.map((each) => ({ op: 'reverse', ...each })),
  span.map((each) => ({ op: 'removeDc', ...each })),
  fc
    .tuple(span, fc.constantFrom(...FILTERS), fc.integer({ min: 20, max: 3900 }), fc.integer({ min: 1, max: 8 }))
    .map(([each, filter, frequency, order]) => ({ op: 'filter', ...each, filter, frequency, width: 300, order })),
  span.map((each) => ({ op: 'reduceNoise', ...each, profile: HASH })),
  fc
    .tuple(span, fc.double({ min: 0.25, max: 4, noNaN: true }))
    .map(([each, factor]) => ({ op: 'stretch', ...each, factor })),
  fc
    .tuple(span, fc.double({ min: -24, max: 24, noNaN: true }))
    .map(([each, semitones]) => ({ op: 'shiftPitch', ...each, semitones })),
  fc
    .tuple(span, fc.constantFrom(...NOISE_COLOURS), fc.nat())
    .map(([each, colour, seed]) => ({ op: 'addNoise', ...each, colour, snr: 10, seed })),
];

const box = (span: fc.Arbitrary<{ start: number | null; end: number | null }>) =>
  fc
    .tuple(span, fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 1900 }), decibels)
    .map(([each, fMin, height, db]) => ({ op: 'attenuateBox', ...each, fMin, fMax: fMin + height, db }));

const parsed = (edits: fc.Arbitrary<unknown>[]): fc.Arbitrary<Edit> =>
  fc.oneof(...edits).map((edit) => Edit.parse(edit as EditInput));

/** Any edit at all. */
export const anyEdit = parsed([
  ...within(open),
  box(spans),
  spans.map((each) => ({ op: 'delete', ...each })),
  spans.map((each) => ({ op: 'keep', ...each })),
  fc.tuple(seconds, seconds).map(([at, duration]) => ({ op: 'insertSilence', at, duration: duration + 1e-6 })),
  fc
    .tuple(spans, seconds)
    .map(([each, duration]) => ({ op: 'paste', ...each, sound: HASH, duration: duration + 1e-6 })),
  fc.integer({ min: 4000, max: 20_000 }).map((sampleRate) => ({ op: 'resample', sampleRate })),
  fc.constant({ op: 'mono' }),
]);

/** One with a span that lies within 0.5 s and holds some samples. */
const inside = fc
  .tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 900 }))
  .map(([from, count]) => ({ start: from / 8000, end: (from + count) / 8000 }));
export const localEdit = parsed([...within(inside), box(inside)]);
