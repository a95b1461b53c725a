import { MARKER_OUTLINES, type CellStyle } from '../cells.ts';

/** Pieces of pictures to take away: SVG for paper, dark on white. */

export const [INK, FAINT, ACCENT] = ['#1f2430', '#8a91a3', '#4b3da0'];
export const GRID = '#d9dce5';
const PAPER = '#ffffff';

/** A picture as an SVG document, and its size in its own units. */
export interface Figure {
  svg: string;
  width: number;
  height: number;
}

/** Control characters have no place in XML. */
const UNSAFE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
export const escaped = (text: string): string =>
  text
    .replace(UNSAFE, '')
    .replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
export const fixed = (value: number): string => String(Number(value.toFixed(2)));

/** @param rest further attributes */
export const text = (x: number, y: number, words: string, rest = ''): string =>
  `<text x="${fixed(x)}" y="${fixed(y)}" ${rest}>${escaped(words)}</text>`;
/** Words in lines of at most `most` characters, broken between words; a longer word has a line of its own. */
export function wrapped(words: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
export const line = (x1: number, y1: number, x2: number, y2: number, rest = ''): string =>
  `<line x1="${fixed(x1)}" y1="${fixed(y1)}" x2="${fixed(x2)}" y2="${fixed(y2)}" ${rest}/>`;
export const frame = (x: number, y: number, width: number, height: number): string =>
  `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" fill="none" stroke="${FAINT}"/>`;
/** A picture of pixels, stretched into its place; `sharp`: pixels keep their edges. */
export const image = (href: string, x: number, y: number, width: number, height: number, sharp = false): string =>
  `<image x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" preserveAspectRatio="none"${sharp ? ' style="image-rendering:pixelated"' : ''} href="${href}"/>`;

/** A cell type's marker, filled or as an outline. @param size half its width */
export const marker = (cell: CellStyle, x: number, y: number, size: number, hollow = false): string =>
  `<path d="${MARKER_OUTLINES[cell.marker]}" transform="translate(${fixed(x)} ${fixed(y)}) scale(${fixed(size)})" ` +
  `fill="${hollow ? PAPER : cell.colour}" stroke="${hollow ? cell.colour : PAPER}" stroke-width="${fixed((hollow ? 2 : 1) / size)}"/>`;

/** The whole, on white. @param definitions clip paths and the like */
export function figureOf(width: number, height: number, parts: readonly string[], definitions = ''): Figure {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif" font-size="11" fill="${INK}"><rect width="100%" height="100%" fill="${PAPER}"/>${definitions}${parts.join('')}</svg>`;
  return { svg, width, height };
}
