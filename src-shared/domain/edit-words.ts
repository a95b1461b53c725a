import type { Edit, EditOf, EditOp } from './edit.ts';

const FILTER_WORDS = { lowPass: 'Low-pass', highPass: 'High-pass', bandPass: 'Band-pass', notch: 'Notch' } as const;
const SHAPE_WORDS = {
  linear: 'linear',
  quarterSine: 'quarter sine',
  halfSine: 'half sine',
  exponential: 'exponential',
} as const;

const number = (value: number): string => String(Number(value.toPrecision(6))).replace('-', '−');
const seconds = (value: number): string => `${Number(value.toFixed(3))} s`;
const decibels = (value: number): string => `${value > 0 ? '+' : ''}${number(value)} dB`;

function within({ start, end }: { start: number | null; end: number | null }): string {
  if (start === null && end === null) return '';
  return `, ${seconds(start ?? 0)} to ${end === null ? 'the end' : seconds(end)}`;
}

const WORDS: { [Op in EditOp]: (edit: EditOf<Op>) => string } = {
  delete: (edit) => `Delete${within(edit)}`,
  keep: (edit) => `Trim${within(edit)}`,
  silence: (edit) => `Silence${within(edit)}`,
  insertSilence: ({ at, duration }) => `Insert ${seconds(duration)} of silence at ${seconds(at)}`,
  paste: ({ start, end, duration }) =>
    `Paste ${seconds(duration)} ${start === end ? `at ${seconds(start)}` : `over ${seconds(start)} to ${seconds(end)}`}`,
  fade: (edit) => `Fade ${edit.direction} (${SHAPE_WORDS[edit.shape]})${within(edit)}`,
  gain: (edit) => `Gain ${decibels(edit.db)}${within(edit)}`,
  normalisePeak: (edit) => `Normalise peak to ${decibels(edit.db)}${within(edit)}`,
  normaliseLoudness: (edit) => `Normalise loudness to ${number(edit.lufs)} LUFS${within(edit)}`,
  reverse: (edit) => `Reverse${within(edit)}`,
  removeDc: (edit) => `Remove DC${within(edit)}`,
  resample: ({ sampleRate }) => `Resample to ${number(sampleRate)} Hz`,
  mono: () => 'Mix to mono',
  filter: (edit) =>
    `${FILTER_WORDS[edit.filter]} ${number(edit.frequency)} Hz${
      edit.width !== null && (edit.filter === 'bandPass' || edit.filter === 'notch')
        ? `, ${number(edit.width)} Hz wide`
        : ''
    }${within(edit)}`,
  attenuateBox: (edit) => `${number(edit.fMin)} to ${number(edit.fMax)} Hz ${decibels(edit.db)}${within(edit)}`,
  reduceNoise: (edit) => `Reduce noise by ${number(edit.reduction)} dB${within(edit)}`,
  stretch: (edit) => `Stretch to ${number(100 * edit.factor)} % of the length${within(edit)}`,
  shiftPitch: (edit) =>
    `Shift pitch ${edit.semitones > 0 ? '+' : ''}${number(edit.semitones)} semitone${Math.abs(edit.semitones) === 1 ? '' : 's'}${within(edit)}`,
  addNoise: (edit) => `Add ${edit.colour} noise at ${number(edit.snr)} dB SNR (seed ${edit.seed})${within(edit)}`,
};

/** An edit as the history and the list of edits call it. */
export function editWords(edit: Edit): string {
  return WORDS[edit.op](edit as never);
}
