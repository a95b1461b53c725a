import { INKS, type Drawing, type Ink, type MarkerKind, type Shape } from './drawing.ts';

export type Palette = Record<Ink, string>;

/** Cells in the colours they have on the screen (Okabe and Ito's, which the colour-blind tell apart). */
export const LIGHT: Palette = {
  text: '#1b1f24',
  muted: '#59636e',
  grid: '#dfe3e8',
  surface: '#ffffff',
  rnn: '#e69f00',
  lstm: '#0072b2',
  gru: '#009e73',
  dnn: '#7a7f87',
  data: '#5b6f8f',
  heat: '#0b5394',
  onHeat: '#ffffff',
  error: '#b3261e',
};

export const DARK: Palette = {
  text: '#e6e9ee',
  muted: '#9aa4b2',
  grid: '#2c333d',
  surface: '#14181e',
  rnn: '#e69f00',
  lstm: '#56b4e9',
  gru: '#1fb98c',
  dnn: '#9aa0a8',
  data: '#8ea6cc',
  heat: '#7cc4ff',
  onHeat: '#0d1117',
  error: '#ff8a80',
};

/** Colours taken from the page's custom properties, so that one drawing serves light and dark. */
export const CUSTOM_PROPERTIES = Object.fromEntries(INKS.map((ink) => [ink, `var(--${ink})`])) as Palette;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as it may stand in XML and HTML, between tags and in attributes; what XML cannot hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

const round = (value: number) => String(Math.round(value * 100) / 100);

type Attributes = Record<string, string | number | undefined>;

function element(tag: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeXml(value!)}"`)
    .join('');
  return content === undefined ? `<${tag}${written}/>` : `<${tag}${written}>${content}</${tag}>`;
}

const pathData = (points: readonly (readonly [number, number])[], closed: boolean) =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('') + (closed ? 'Z' : '');

/** Corners of a marker of half-width 1 about the origin. */
const MARKERS: Record<Exclude<MarkerKind, 'circle'>, [number, number][]> = {
  square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]], // prettier-ignore
  triangle: [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]], // prettier-ignore
  diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]], // prettier-ignore
};

type Writer<Kind> = (shape: Extract<Shape, { kind: Kind }>, palette: Palette, fontFamily: string) => string;

const stroke = (shape: { stroke?: Ink; strokeWidth?: number; dash?: readonly number[] }, palette: Palette) => ({
  stroke: shape.stroke && palette[shape.stroke],
  'stroke-width': shape.stroke && (shape.strokeWidth ?? 1),
  'stroke-dasharray': shape.dash?.join(' '),
});

const writers: { [Kind in Shape['kind']]: Writer<Kind> } = {
  path: (shape, palette) =>
    element('path', {
      d: pathData(shape.points, shape.closed ?? false),
      fill: shape.fill ? palette[shape.fill] : 'none',
      opacity: shape.opacity,
      'stroke-linejoin': shape.stroke && 'round',
      ...stroke(shape, palette),
    }),
  rect: (shape, palette) =>
    element('rect', {
      x: shape.x,
      y: shape.y,
      width: shape.width,
      height: shape.height,
      fill: shape.fill ? palette[shape.fill] : 'none',
      'fill-opacity': shape.opacity,
      ...stroke(shape, palette),
    }),
  text: (shape, palette, fontFamily) =>
    element(
      'text',
      {
        x: shape.x,
        y: shape.y,
        'font-family': fontFamily,
        'font-size': shape.size,
        'font-weight': shape.bold ? 'bold' : undefined,
        'text-anchor': shape.anchor === 'start' ? undefined : shape.anchor,
        fill: palette[shape.fill ?? 'text'],
        transform: shape.rotate ? `rotate(${shape.rotate} ${round(shape.x)} ${round(shape.y)})` : undefined,
      },
      escapeXml(shape.text),
    ),
  marker: (shape, palette) => {
    const fill = palette[shape.fill];
    if (shape.marker === 'circle')
      return element('circle', { cx: shape.x, cy: shape.y, r: shape.size, fill, opacity: shape.opacity });
    const corners = MARKERS[shape.marker].map(
      ([x, y]) => [shape.x + x * shape.size, shape.y + y * shape.size] as const,
    );
    return element('path', { d: pathData(corners, true), fill, opacity: shape.opacity });
  },
  image: (shape) =>
    element('image', {
      x: shape.x,
      y: shape.y,
      width: shape.width,
      height: shape.height,
      preserveAspectRatio: 'none',
      href: shape.png,
    }),
};

export interface SvgOptions {
  palette: Palette;
  fontFamily?: string;
  /** A ground of the palette's surface colour, for a picture that stands alone. */
  ground?: boolean;
}

/** A drawing as an SVG element that needs nothing outside it. */
export function toSvg(drawing: Drawing, { palette, fontFamily = 'sans-serif', ground = false }: SvgOptions): string {
  const shapes: Shape[] = ground
    ? [{ kind: 'rect', x: 0, y: 0, width: drawing.width, height: drawing.height, fill: 'surface' }, ...drawing.shapes]
    : drawing.shapes;
  const body = shapes.map((shape) =>
    (writers[shape.kind] as Writer<Shape['kind']>)(shape as never, palette, fontFamily),
  );
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(drawing.width)} ${round(drawing.height)}`,
      width: drawing.width,
      height: drawing.height,
      role: 'img',
      'aria-label': drawing.label,
    },
    body.join(''),
  );
}
