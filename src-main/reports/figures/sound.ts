import { realFft } from '#shared/math/fft.ts';
import { hannWindow } from '#shared/math/windows.ts';
import type { MonoSound } from '../source.ts';
import type { Drawing, Shape } from './drawing.ts';
import { encodePng, pngDataUri } from './png.ts';

const COLUMNS = 180;
const ROWS = 64;
/** dB below the loudest value that are drawn black. */
const RANGE = 70;

/** Magma of matplotlib at nine even steps; between them straight. */
const MAGMA = [[0, 0, 4], [28, 16, 68], [79, 18, 123], [129, 37, 129], [181, 54, 122], [229, 80, 100], [251, 135, 97], [254, 194, 135], [252, 253, 191]]; // prettier-ignore

const PALETTE = Uint8Array.from({ length: 256 * 3 }, (_, index) => {
  const at = (Math.floor(index / 3) / 255) * (MAGMA.length - 1);
  const step = Math.min(MAGMA.length - 2, Math.floor(at));
  const [from, to] = [MAGMA[step][index % 3], MAGMA[step + 1][index % 3]];
  return Math.round(from + (at - step) * (to - from));
});

/**
 * Levels of a small spectrogram, 0 to 255: power in dB over `RANGE` below its loudest value, 25 ms Hann windows,
 * 0 to half the sampling rate.
 * @returns [ROWS * COLUMNS], the highest frequency first
 */
export function spectrogramLevels({ samples, sampleRate }: MonoSound): Uint8Array {
  const size = Math.max(64, 2 ** Math.round(Math.log2(sampleRate * 0.025)));
  const fft = realFft(size);
  const window = hannWindow(size);
  const frame = new Float64Array(size);
  const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  const decibels = new Float64Array(ROWS * COLUMNS);
  let loudest = -Infinity;
  for (let column = 0; column < COLUMNS; column++) {
    const start = Math.round(((column + 0.5) / COLUMNS) * samples.length - size / 2);
    for (let n = 0; n < size; n++) frame[n] = (samples[start + n] ?? 0) * window[n];
    fft.transform(frame, re, im);
    for (let row = 0; row < ROWS; row++) {
      const low = Math.floor((row / ROWS) * fft.bins);
      const high = Math.max(low + 1, Math.floor(((row + 1) / ROWS) * fft.bins));
      let power = 0;
      for (let k = low; k < high; k++) power = Math.max(power, re[k] * re[k] + im[k] * im[k]);
      const value = 10 * Math.log10(power + 1e-12);
      decibels[(ROWS - 1 - row) * COLUMNS + column] = value;
      loudest = Math.max(loudest, value);
    }
  }
  return Uint8Array.from(decibels, (value) => Math.max(0, Math.min(255, (255 * (value - loudest + RANGE)) / RANGE)));
}

/** Least and largest sample of each of `columns` stretches, scaled to the clip's peak. */
function envelope(samples: Float32Array, columns: number): { low: number; high: number }[] {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-6);
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column / columns) * samples.length);
    const to = Math.max(from + 1, Math.floor(((column + 1) / columns) * samples.length));
    let [low, high] = [0, 0];
    for (let n = from; n < Math.min(to, samples.length); n++) {
      low = Math.min(low, samples[n]);
      high = Math.max(high, samples[n]);
    }
    return { low: low / peak, high: high / peak };
  });
}

const WIDTH = 270;
const WAVE = 34;
const PICTURE = 74;

/** A clip to look at: its waveform (scaled to its own peak) over its spectrogram, with its length and highest frequency. */
export function drawSound(sound: MonoSound, label: string): Drawing {
  const columns = envelope(sound.samples, COLUMNS);
  const x = (index: number) => ((index + 0.5) / COLUMNS) * WIDTH;
  const y = (value: number) => WAVE / 2 - value * (WAVE / 2 - 1);
  const seconds = sound.samples.length / sound.sampleRate;
  const image = encodePng(spectrogramLevels(sound), COLUMNS, ROWS, PALETTE);
  const shapes: Shape[] = [
    {
      kind: 'path',
      points: [
        ...columns.map((column, index) => [x(index), y(column.high)] as const),
        ...columns.map((column, index) => [x(index), y(column.low) + 0.4] as const).reverse(),
      ],
      closed: true,
      fill: 'data',
    },
    { kind: 'image', x: 0, y: WAVE + 2, width: WIDTH, height: PICTURE, png: pngDataUri(image) },
    { kind: 'text', x: 0, y: WAVE + PICTURE + 12, text: '0 s', size: 8, fill: 'muted' },
    {
      kind: 'text',
      x: WIDTH,
      y: WAVE + PICTURE + 12,
      text: `${Number(seconds.toPrecision(3))} s · 0 to ${Number((sound.sampleRate / 2000).toPrecision(3))} kHz`,
      size: 8,
      anchor: 'end',
      fill: 'muted',
    },
  ];
  return { width: WIDTH, height: WAVE + PICTURE + 16, label, shapes };
}
