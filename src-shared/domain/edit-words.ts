import { isBand, type Edit, type EditOf, type EditOp } from './edit.ts';

const FILTERS = { lowPass: 'Low-pass', highPass: 'High-pass', bandPass: 'Band-pass', notch: 'Notch' } as const;
const SHAPES = {
  linear: 'linear',
  quarterSine: 'quarter sine',
  halfSine: 'half sine',
  exponential: 'exponential',
} as const;

const number = (value: number): string => String(Number(value.toPrecision(6))).replace('-', '−');
const signed = (value: number): string => `${value > 0 ? '+' : ''}${number(value)}`;
const seconds = (value: number): string => `${Number(value.toFixed(3))} s`;
const plural = (value: number, word: string): string => `${word}${Math.abs(value) === 1 ? '' : 's'}`;

/** Where it works; nothing if that is everywhere. */
function within({ start, end }: { start: number | null; end: number | null }): string {
  if (start === null && end === null) return '';
  return `, ${seconds(start ?? 0)} to ${end === null ? 'the end' : seconds(end)}`;
}

const WORDS: { readonly [Op in EditOp]: (edit: EditOf<Op>) => string } = {
  delete: (edit) => `Delete${within(edit)}`,
  keep: (edit) => `Trim${within(edit)}`,
  silence: (edit) => `Silence${within(edit)}`,
  insertSilence: ({ at, duration }) => `Insert ${seconds(duration)} of silence at ${seconds(at)}`,
  paste: ({ start, end, duration }) =>
    `Paste ${seconds(duration)} ${start === end ? `at ${seconds(start)}` : `over ${seconds(start)} to ${seconds(end)}`}`,
  fade: (edit) => `Fade ${edit.direction} (${SHAPES[edit.shape]})${within(edit)}`,
  gain: (edit) => `Gain ${signed(edit.db)} dB${within(edit)}`,
  normalisePeak: (edit) => `Normalise peak to ${number(edit.db)} dBFS${within(edit)}`,
  normaliseLoudness: (edit) => `Normalise loudness to ${number(edit.lufs)} LUFS${within(edit)}`,
  reverse: (edit) => `Reverse${within(edit)}`,
  removeDc: (edit) => `Remove DC${within(edit)}`,
  resample: ({ sampleRate }) => `Resample to ${number(sampleRate)} Hz`,
  mono: () => 'Mix to mono',
  filter: (edit) => {
    const more = isBand(edit.filter) && edit.width !== null ? `${number(edit.width)} Hz wide` : `order ${edit.order}`;
    return `${FILTERS[edit.filter]} ${number(edit.frequency)} Hz (${more})${within(edit)}`;
  },
  attenuateBox: (edit) =>
    `Turn ${number(edit.fMin)} to ${number(edit.fMax)} Hz ${edit.db > 0 ? 'up' : 'down'} by ${number(Math.abs(edit.db))} dB${within(edit)}`,
  reduceNoise: (edit) => `Reduce noise by ${number(edit.reduction)} dB${within(edit)}`,
  stretch: (edit) => `Stretch to ${number(100 * edit.factor)} % of the length${within(edit)}`,
  shiftPitch: (edit) => `Shift pitch by ${signed(edit.semitones)} ${plural(edit.semitones, 'semitone')}${within(edit)}`,
  addNoise: (edit) => `Add ${edit.colour} noise at ${number(edit.snr)} dB SNR (seed ${edit.seed})${within(edit)}`,
};

/** An edit as the history and the list of edits call it. */
export const editWords = (edit: Edit): string => (WORDS[edit.op] as (edit: Edit) => string)(edit);
