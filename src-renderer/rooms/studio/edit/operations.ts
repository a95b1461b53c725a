import type { ActionId } from '../../../app/actions.ts';
import type { EditInput, FADE_SHAPES, NOISE_COLOURS } from '#shared/domain/edit.ts';
import { choice, type EditField, number, type Values } from './fields.ts';
import type { Place } from './place.ts';

export const GROUPS = ['Cut, copy, paste', 'Level', 'Filter', 'Repair', 'Time and pitch', 'Format'] as const;

/** What has to be there before an operation can be done. */
export type Need = 'span' | 'box' | 'clipboard' | 'profile';

/** An edit that can be chosen: what it asks for, and the edit it makes. Title, icon and keys are its action's. */
export interface Operation {
  action: ActionId;
  group: (typeof GROUPS)[number];
  need?: Need;
  /** None: it is done at once. */
  fields: readonly EditField[];
  /** Whether it means something to whole clips, whatever their length. */
  many?: true;
  make(place: Place, values: Values): EditInput;
}

/** The part chosen, or the whole sound. */
const within = ({ span }: Place) => ({ start: span?.start ?? null, end: span?.end ?? null });
/** The part chosen; only for operations that need one. */
const part = ({ span }: Place) => span ?? { start: 0, end: 0 };
const n = (values: Values, key: string): number => values[key] as number;

const halfRate = ({ shape }: Place): number => shape.sampleRate / 2;
const lengthOf = ({ shape, span }: Place): number => (span ? span.end - span.start : shape.frames / shape.sampleRate);
const milliseconds = (seconds: number): number => Number(seconds.toFixed(3));

const FILTER_WORDS = { lowPass: 'Low-pass', highPass: 'High-pass', bandPass: 'Band-pass', notch: 'Notch' };
const isBand = ({ filter }: Values): boolean => filter === 'bandPass' || filter === 'notch';
const FADES: Record<(typeof FADE_SHAPES)[number], string> = {
  linear: 'Linear',
  quarterSine: 'Quarter sine',
  halfSine: 'Half sine',
  exponential: 'Exponential',
};
const COLOURS: Record<(typeof NOISE_COLOURS)[number], string> = { white: 'White', pink: 'Pink', brown: 'Brown' };
const fade = (direction: 'in' | 'out') => (place: Place, values: Values) =>
  ({ op: 'fade', direction, shape: values['shape'], ...within(place) }) as EditInput;
const fadeFields = [choice('shape', 'Shape', FADES, 'linear')];
const RATES = [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

/** All edits that can be chosen: one table for toolbar, menu, palette, keys, forms and the dialog for many clips. */
export const OPERATIONS: readonly Operation[] = [
  {
    ...{ action: 'studio.paste', group: 'Cut, copy, paste', need: 'clipboard', fields: [] },
    make: ({ span, cursor, clipboard }) => ({
      ...{ op: 'paste', start: span?.start ?? cursor, end: span?.end ?? cursor },
      ...{ sound: clipboard!.sound, duration: clipboard!.duration },
    }),
  },
  {
    ...{ action: 'studio.delete', group: 'Cut, copy, paste', need: 'span', fields: [] },
    make: (place) => ({ op: 'delete', ...part(place) }),
  },
  {
    ...{ action: 'studio.trim', group: 'Cut, copy, paste', need: 'span', fields: [] },
    make: (place) => ({ op: 'keep', ...part(place) }),
  },
  {
    ...{ action: 'studio.silence', group: 'Cut, copy, paste', need: 'span', fields: [] },
    make: (place) => ({ op: 'silence', ...part(place) }),
  },
  {
    ...{ action: 'studio.insertSilence', group: 'Cut, copy, paste', many: true },
    fields: [number('duration', 'Duration', 's', { min: 0.001, max: 86_400, step: 0.1 }, 0.5)],
    make: ({ cursor }, values) => ({ op: 'insertSilence', at: cursor, duration: n(values, 'duration') }),
  },

  {
    ...{ action: 'studio.gain', group: 'Level', many: true },
    fields: [number('db', 'Gain', 'dB', { min: -120, max: 60, step: 1 }, 6)],
    make: (place, values) => ({ op: 'gain', db: n(values, 'db'), ...within(place) }),
  },
  {
    ...{ action: 'studio.normalisePeak', group: 'Level', many: true },
    fields: [number('db', 'Peak', 'dBFS', { min: -60, max: 0, step: 0.5 }, -1)],
    make: (place, values) => ({ op: 'normalisePeak', db: n(values, 'db'), ...within(place) }),
  },
  {
    ...{ action: 'studio.normaliseLoudness', group: 'Level', many: true },
    fields: [number('lufs', 'Loudness', 'LUFS', { min: -70, max: 0, step: 1 }, -23)],
    make: (place, values) => ({ op: 'normaliseLoudness', lufs: n(values, 'lufs'), ...within(place) }),
  },
  { ...{ action: 'studio.fadeIn', group: 'Level', fields: fadeFields }, make: fade('in') },
  { ...{ action: 'studio.fadeOut', group: 'Level', fields: fadeFields }, make: fade('out') },
  {
    ...{ action: 'studio.removeDc', group: 'Level', many: true, fields: [] },
    make: (place) => ({ op: 'removeDc', ...within(place) }),
  },

  {
    ...{ action: 'studio.filter', group: 'Filter', many: true },
    fields: [
      choice('filter', 'Kind', FILTER_WORDS, 'highPass'),
      number('frequency', 'Frequency', 'Hz', { min: 1, max: 384_000, step: 10 }, 100),
      number('width', 'Width', 'Hz', { min: 1, max: 384_000, step: 10 }, 50, isBand),
      number('order', 'Order', '', { min: 1, max: 8, whole: true }, 4, (values) => !isBand(values)),
    ],
    make: (place, values) =>
      ({
        ...{ op: 'filter', filter: values['filter'], frequency: n(values, 'frequency'), ...within(place) },
        ...(isBand(values) ? { width: n(values, 'width') } : { order: n(values, 'order') }),
      }) as EditInput,
  },
  {
    ...{ action: 'studio.attenuateBox', group: 'Filter', need: 'box' },
    fields: [number('db', 'Level', 'dB', { min: -120, max: 24, step: 3 }, -24)],
    make: ({ box }, values) => ({
      op: 'attenuateBox',
      ...(box ?? { start: 0, end: 0, fMin: 0, fMax: 1 }),
      db: n(values, 'db'),
    }),
  },

  {
    ...{ action: 'studio.reduceNoise', group: 'Repair', need: 'profile', many: true },
    fields: [
      number('reduction', 'Reduction', 'dB', { min: 0, max: 60, step: 1 }, 12),
      number('sensitivity', 'Sensitivity', 'dB', { min: 0, max: 24, step: 1 }, 6),
      number('smoothing', 'Smoothing', 'bands', { min: 0, max: 12, step: 1, whole: true }, 3),
    ],
    make: (place, values) => ({
      ...{ op: 'reduceNoise', profile: place.profile!.sound, reduction: n(values, 'reduction') },
      ...{ sensitivity: n(values, 'sensitivity'), smoothing: n(values, 'smoothing'), ...within(place) },
    }),
  },
  {
    ...{ action: 'studio.addNoise', group: 'Repair', many: true },
    fields: [
      choice('colour', 'Colour', COLOURS, 'white'),
      number('snr', 'SNR', 'dB', { min: -40, max: 80, step: 1 }, 20),
      number('seed', 'Seed', '', { min: 0, max: 0xffff_ffff, whole: true }, 0),
    ],
    make: (place, values) =>
      ({
        ...{ op: 'addNoise', colour: values['colour'], snr: n(values, 'snr') },
        ...{ seed: n(values, 'seed'), ...within(place) },
      }) as EditInput,
  },

  {
    ...{ action: 'studio.reverse', group: 'Time and pitch', many: true, fields: [] },
    make: (place) => ({ op: 'reverse', ...within(place) }),
  },
  {
    ...{ action: 'studio.stretch', group: 'Time and pitch', many: true },
    fields: [
      choice('by', 'By', { percent: 'Per cent of the length', duration: 'Duration' }, 'percent', { alone: true }),
      number('percent', 'Length', '%', { min: 25, max: 400, step: 5 }, 125, ({ by }) => by === 'percent'),
      number(
        ...(['duration', 'Duration', 's', { min: 0.001, max: 86_400, step: 0.1, fresh: true, alone: true }] as const),
        (place) => milliseconds(lengthOf(place)),
        ({ by }) => by === 'duration',
      ),
    ],
    make: (place, values) => ({
      op: 'stretch',
      factor: values['by'] === 'duration' ? n(values, 'duration') / lengthOf(place) : n(values, 'percent') / 100,
      ...within(place),
    }),
  },
  {
    ...{ action: 'studio.shiftPitch', group: 'Time and pitch', many: true },
    fields: [number('semitones', 'Pitch', 'semitones', { min: -24, max: 24, step: 1 }, 2)],
    make: (place, values) => ({ op: 'shiftPitch', semitones: n(values, 'semitones'), ...within(place) }),
  },

  {
    ...{ action: 'studio.resample', group: 'Format', many: true },
    fields: [
      number(
        ...(['sampleRate', 'Rate', 'Hz', { min: 100, max: 768_000, step: 1000, whole: true }] as const),
        (place) => RATES.findLast((rate) => rate <= halfRate(place)) ?? 8000,
      ),
    ],
    make: (_, values) => ({ op: 'resample', sampleRate: n(values, 'sampleRate') }),
  },
  {
    ...{ action: 'studio.mono', group: 'Format', many: true, fields: [] },
    make: () => ({ op: 'mono' }),
  },
];

export const operationOf = (action: ActionId): Operation => OPERATIONS.find((one) => one.action === action)!;

/** What a person has to do first, in words; null: it can be done. */
export function whatIsMissing(need: Need | undefined, place: Place): string | null {
  const missing: Record<Need, string | null> = {
    span: place.span ? null : 'Select a part of the sound first.',
    box: place.box ? null : 'Draw a box on the spectrogram first.',
    clipboard: place.clipboard ? null : 'Cut or copy a part of a sound first.',
    profile: place.profile ? null : 'Select a stretch of noise alone, and take it as the noise profile first.',
  };
  return need ? missing[need] : null;
}
