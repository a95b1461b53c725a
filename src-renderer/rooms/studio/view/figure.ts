import type { Region, Tier } from '#shared/domain/region.ts';
import {
  ACCENT,
  FAINT,
  figureOf,
  fixed,
  frame as outline,
  image as pixels,
  INK,
  line,
  text,
  type Figure,
} from '../../../parts/figure/svg.ts';
import { frequency } from '../../../parts/format.ts';
import { frequencyTicks, type FrequencyRange } from '../../../parts/sound/axis.ts';
import { timeTicks } from './time-ticks.ts';
import { frequencyToY, secondsToX, type Span } from './viewport.ts';

/** What a picture to take away shows. */
export interface FigureData {
  title: string;
  /** What was computed how, under the picture. */
  parameters: string;
  view: Span;
  /** One outline a channel: least and greatest value a point, over the whole view. */
  waves: { name: string; min: ArrayLike<number>; max: ArrayLike<number> }[];
  /** A PNG as a data address, and the range its rows lie in. */
  spectrogram: { image: string; range: FrequencyRange };
  tiers: Tier[];
  regions: Region[];
}

const WIDTH = 1200;
const [LEFT, RIGHT, TOP] = [64, 16, 40];
const [WAVE, SPECTROGRAM, TIER, GAP] = [110, 340, 28, 6];
const frame = (y: number, height: number) => outline(LEFT, y, WIDTH - LEFT - RIGHT, height);

/**
 * The view as a figure: vector axes, waveform, tiers and boxes around the spectrogram's pixels. For paper: dark on white.
 * @returns an SVG document and its size
 */
export function figure(data: FigureData): Figure {
  const width = WIDTH - LEFT - RIGHT;
  const axis = { ...data.view, width };
  const parts: string[] = [text(LEFT, 24, data.title, `font-size="15" font-weight="600"`)];
  let y = TOP;
  for (const wave of data.waves) {
    parts.push(waveform(wave, y, width));
    y += WAVE + GAP;
  }
  const top = y;
  parts.push(spectrogram(data, top, width));
  y += SPECTROGRAM;
  data.tiers.forEach((tier) => {
    parts.push(tierRow(tier, data, y, axis));
    y += TIER;
  });
  for (const { seconds, label } of timeTicks(data.view, width)) {
    const x = LEFT + secondsToX(seconds, axis);
    parts.push(line(x, y, x, y + (label === null ? 3 : 6), `stroke="${INK}"`));
    if (label !== null) parts.push(text(x, y + 18, label, `text-anchor="middle"`));
  }
  parts.push(text(LEFT + width / 2, y + 34, 'Time (min:s)', `text-anchor="middle" fill="${FAINT}"`));
  parts.push(text(LEFT, y + 52, data.parameters, `font-size="10.5" fill="${FAINT}"`));
  const height = y + 64;
  const inside = `<clipPath id="inside"><rect x="${LEFT}" y="0" width="${width}" height="${height}"/></clipPath>`;
  return figureOf(WIDTH, height, parts, inside);
}

function waveform({ name, min, max }: FigureData['waves'][number], y: number, width: number): string {
  const at = (value: number) => fixed(y + (0.5 - value / 2) * WAVE);
  const step = width / min.length;
  const upper = Array.from({ length: max.length }, (_, i) => `${fixed(LEFT + i * step)},${at(max[i])}`);
  const lower = Array.from({ length: min.length }, (_, i) => `${fixed(LEFT + i * step)},${at(min[i])}`).reverse();
  const path = `<polygon points="${[...upper, ...lower].join(' ')}" fill="${ACCENT}" stroke="${ACCENT}" stroke-width="0.6"/>`;
  const levels = [0, -6, -12].flatMap((db) =>
    [1, -1].map((sign) =>
      text(LEFT - 6, Number(at(sign * 10 ** (db / 20))) + 4, String(db).replace('-', '−'), `text-anchor="end"`),
    ),
  );
  const unit = text(LEFT - 6, y + WAVE / 2 + 4, 'dB', `text-anchor="end" fill="${FAINT}"`);
  return path + levels.join('') + unit + frame(y, WAVE) + text(LEFT + 6, y + 14, name, `fill="${FAINT}"`);
}

function spectrogram({ spectrogram: { image, range }, regions, view }: FigureData, y: number, width: number): string {
  const axis = { ...view, width };
  const picture = pixels(image, LEFT, y, width, SPECTROGRAM);
  const ticks = frequencyTicks(range, SPECTROGRAM).map((hz) => {
    const at = y + frequencyToY(hz, range, SPECTROGRAM);
    const words = text(LEFT - 8, at + 4, hz === 0 ? '0' : frequency(hz), `text-anchor="end"`);
    return line(LEFT - 5, at, LEFT, at, `stroke="${INK}"`) + words;
  });
  const boxes = regions.flatMap(({ start, end, fMin, fMax, label }) => {
    if (fMin === null || fMax === null || end < view.start || start > view.end) return [];
    const [left, right] = [LEFT + secondsToX(start, axis), LEFT + secondsToX(end, axis)];
    const top = y + Math.max(0, frequencyToY(fMax, range, SPECTROGRAM));
    const bottom = y + Math.min(SPECTROGRAM, frequencyToY(fMin, range, SPECTROGRAM));
    const size = `width="${fixed(right - left)}" height="${fixed(Math.max(0, bottom - top))}"`;
    return [
      `<rect x="${fixed(left)}" y="${fixed(top)}" ${size} fill="none" stroke="#ffffff"/>`,
      text(left + 4, top + 13, label, `fill="#ffffff"`),
    ];
  });
  return `${picture}${ticks.join('')}<g clip-path="url(#inside)">${boxes.join('')}</g>${frame(y, SPECTROGRAM)}`;
}

function tierRow(tier: Tier, { regions, view }: FigureData, y: number, axis: Span & { width: number }): string {
  const mine = regions.filter(({ tier: of, start, end }) => of === tier.id && end >= view.start && start <= view.end);
  const marks = mine.flatMap(({ start, end, label }) => {
    const [left, right] = [LEFT + secondsToX(start, axis), LEFT + secondsToX(end, axis)];
    const middle = (Math.max(left, LEFT) + Math.min(right, LEFT + axis.width)) / 2;
    return [
      line(left, y, left, y + TIER, `stroke="${ACCENT}"`),
      line(right, y, right, y + TIER, `stroke="${ACCENT}"`),
      text(
        tier.kind === 'points' ? left + 4 : middle,
        y + 18,
        label,
        tier.kind === 'points' ? '' : `text-anchor="middle"`,
      ),
    ];
  });
  const name = text(LEFT - 8, y + 18, tier.name.slice(0, 9), `text-anchor="end" fill="${FAINT}"`);
  return `<g clip-path="url(#inside)">${marks.join('')}</g>${frame(y, TIER)}${name}`;
}
