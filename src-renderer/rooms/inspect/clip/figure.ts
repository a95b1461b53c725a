import { FAINT, figureOf, fixed, frame, image, INK, line, text, type Figure } from '../../../parts/figure/svg.ts';
import { linearTicks, niceStep } from '../../../parts/sound/axis.ts';

/** One picture of a figure, over the whole clip. */
export interface Lane {
  name: string;
  /** Under the name. */
  notes: readonly string[];
  height: number;
  /** Pixels as a data address, from and to which share of the clip's length. */
  pixels?: { href: string; from: number; to: number; sharp: boolean };
  /** Points as shares of the clip's length and of the lane's height, from its foot. */
  curves?: { name: string; colour: string; dash?: string; points: readonly [number, number][] }[];
}

export interface FigureData {
  title: string;
  /** Where it comes from and how it was computed. */
  parameters: string;
  /** Seconds. */
  duration: number;
  lanes: readonly Lane[];
}

const WIDTH = 1200;
const [LEFT, RIGHT, TOP, GAP] = [190, 16, 40, 6];
const ROW = 14;

/** Lanes under each other on one axis of time, with what they show beside them. For paper: dark on white. */
export function insideFigure({ title, parameters, duration, lanes }: FigureData): Figure {
  const width = WIDTH - LEFT - RIGHT;
  const parts = [text(16, 24, title, `font-size="15" font-weight="600"`)];
  let y = TOP;
  for (const lane of lanes) {
    parts.push(drawLane(lane, y, width));
    y += lane.height + GAP;
  }
  const step = niceStep(0, duration, width / 90);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  for (const seconds of linearTicks(0, duration, width / 90)) {
    const x = LEFT + (seconds / duration) * width;
    parts.push(
      line(x, y - GAP, x, y, `stroke="${INK}"`),
      text(x, y + 14, seconds.toFixed(decimals), `text-anchor="middle"`),
    );
  }
  parts.push(text(LEFT + width / 2, y + 30, 'Time (s)', `text-anchor="middle" fill="${FAINT}"`));
  parts.push(text(16, y + 48, parameters, `font-size="10.5" fill="${FAINT}"`));
  return figureOf(WIDTH, y + 60, parts);
}

function drawLane({ name, notes, height, pixels, curves = [] }: Lane, y: number, width: number): string {
  const words = [
    text(16, y + 12, name, `font-weight="600"`),
    ...notes.map((note, row) => text(16, y + 12 + (row + 1) * ROW, note, `fill="${FAINT}"`)),
    ...curves.map(({ name: of, colour, dash }, index) => {
      const at = y + 12 + (notes.length + index + 1) * ROW;
      return line(16, at - 4, 36, at - 4, strokeOf(colour, dash)) + text(42, at, of);
    }),
  ];
  const picture = pixels
    ? image(pixels.href, LEFT + pixels.from * width, y, (pixels.to - pixels.from) * width, height, pixels.sharp)
    : '';
  const lines = curves.map(({ points, colour, dash }) => {
    const places = points.map(([across, up]) => `${fixed(LEFT + across * width)},${fixed(y + (1 - up) * height)}`);
    return `<polyline points="${places.join(' ')}" fill="none" ${strokeOf(colour, dash)}/>`;
  });
  return words.join('') + picture + lines.join('') + frame(LEFT, y, width, height);
}

const strokeOf = (colour: string, dash?: string) =>
  `stroke="${colour}" stroke-width="1.6"${dash ? ` stroke-dasharray="${dash}"` : ''}`;
