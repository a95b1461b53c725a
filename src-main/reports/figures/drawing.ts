/** A small vector drawing: what every figure of a report is, before it becomes SVG. */

/** Colours by what they mean; a palette gives each its value, in light and in dark. */
export const INKS = [
  'text',
  'muted',
  'grid',
  'surface',
  'rnn',
  'lstm',
  'gru',
  'dnn',
  'data',
  'heat',
  'onHeat',
  'error',
] as const;
export type Ink = (typeof INKS)[number];

export type MarkerKind = 'circle' | 'square' | 'triangle' | 'diamond';

interface Stroke {
  stroke?: Ink;
  strokeWidth?: number;
  dash?: readonly number[];
}

/** Coordinates in points, from the top left. */
export type Shape =
  | ({
      kind: 'path';
      points: readonly (readonly [number, number])[];
      closed?: boolean;
      fill?: Ink;
      opacity?: number;
    } & Stroke)
  | ({ kind: 'rect'; x: number; y: number; width: number; height: number; fill?: Ink; opacity?: number } & Stroke)
  | {
      kind: 'text';
      x: number;
      y: number;
      text: string;
      size: number;
      fill?: Ink;
      anchor?: 'start' | 'middle' | 'end';
      bold?: boolean;
      /** Degrees clockwise about (x, y). */
      rotate?: number;
    }
  | { kind: 'marker'; marker: MarkerKind; x: number; y: number; size: number; fill: Ink; opacity?: number }
  | { kind: 'image'; x: number; y: number; width: number; height: number; png: string };

export interface Drawing {
  width: number;
  height: number;
  /** What it shows, for those who cannot see it. */
  label: string;
  shapes: Shape[];
}

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: Ink, strokeWidth = 1): Shape => ({
  kind: 'path',
  points: [
    [x1, y1],
    [x2, y2],
  ],
  stroke,
  strokeWidth,
});

/** Width of a text in points, near enough to leave room for it (mean advance of a sans-serif face). */
export function textWidth(text: string, size: number): number {
  let units = 0;
  for (const character of text)
    units +=
      character.codePointAt(0)! > 0x2e7f
        ? 1
        : /[MW@%mw]/.test(character)
          ? 0.92
          : /[iljtfr.,:;|' ]/.test(character)
            ? 0.36
            : 0.6;
  return units * size;
}
