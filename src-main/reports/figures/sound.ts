import { spectrogramPicture } from '#main/features/picture.ts';
import { colourMap } from '#shared/math/colour-maps.ts';
import type { MonoSound } from '../source.ts';
import type { Drawing, Shape } from './drawing.ts';
import { encodePng, pngDataUri } from './png.ts';

const COLUMNS = 180;
const ROWS = 64;
/** dB of the spectrogram's range, below a sine of the clip's own peak. */
const RANGE = 66;

/** The spectrogram, 0 to half the sampling rate, frames of about 25 ms, bright where the clip itself is loud. */
function spectrogram({ samples, sampleRate }: MonoSound, peak: number): string {
  const ceilingDb = 20 * Math.log10(peak) - 4;
  const { pixels } = spectrogramPicture(samples, sampleRate, {
    nFft: Math.max(64, 2 ** Math.round(Math.log2(sampleRate * 0.025))),
    width: COLUMNS,
    height: ROWS,
    scale: 'linear',
    floorDb: ceilingDb - RANGE,
    ceilingDb,
  });
  return pngDataUri(encodePng(pixels, COLUMNS, ROWS, colourMap('magma')));
}

/** Least and largest sample of each of `columns` stretches, as shares of the clip's peak. */
function envelope(samples: Float32Array, columns: number, peak: number): { low: number; high: number }[] {
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
  const peak = sound.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-6);
  const columns = envelope(sound.samples, COLUMNS, peak);
  const x = (index: number) => ((index + 0.5) / COLUMNS) * WIDTH;
  const y = (value: number) => WAVE / 2 - value * (WAVE / 2 - 1);
  const seconds = sound.samples.length / sound.sampleRate;
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
    { kind: 'image', x: 0, y: WAVE + 2, width: WIDTH, height: PICTURE, png: spectrogram(sound, peak) },
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
