/** Numbers and names as they stand in a report's sentences. A unit never parts from its number (no-break space). */

const NBSP = '\u00a0';

/** "97.3 %"; what is not quite all or nothing is never rounded to it. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  if (share === 0 || share === 1) return `${100 * share}${NBSP}%`;
  const text = (100 * share).toFixed(1);
  const bound = { '100.0': `>${NBSP}99.9`, '0.0': `<${NBSP}0.1` }[text];
  return `${bound ?? text}${NBSP}%`;
}

/** "96.1 % to 98.2 %" */
export function interval([low, high]: readonly [number, number]): string {
  return `${percent(low)} to ${percent(high)}`;
}

/** A difference of two shares: "1.3 percentage points". */
export function points(difference: number): string {
  const text = (100 * Math.abs(difference)).toFixed(1);
  return text === '0.0'
    ? 'less than 0.1 percentage points'
    : `${text} percentage ${text === '1.0' ? 'point' : 'points'}`;
}

/** Three significant digits, thousands set apart: "1,230", "0.0123". */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return count(value);
  return String(Number(value.toPrecision(3)));
}

/** A whole number with its thousands set apart: "11,005". */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** "1 clip", "1,200 clips" */
export function plural(value: number, singular: string, many = `${singular}s`): string {
  return `${count(value)} ${value === 1 ? singular : many}`;
}

/** "one layer", "3 layers": for a number that is small and no measurement. */
export const some = (value: number, singular: string): string =>
  value === 1 ? `one ${singular}` : plural(value, singular);

/** "0.42 s", "3.4 s", "1 min 20 s", "2 h 5 min" */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 59.95) return `${seconds < 10 ? Number(seconds.toPrecision(2)) : Number(seconds.toFixed(1))}${NBSP}s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return minutes > 0 ? `${hours}${NBSP}h ${minutes}${NBSP}min` : `${hours}${NBSP}h`;
  return rest > 0 ? `${minutes}${NBSP}min ${rest}${NBSP}s` : `${minutes}${NBSP}min`;
}

/** "1.2 ms" */
export const milliseconds = (value: number): string => `${number(value)}${NBSP}ms`;

/** A p value to two digits: "0.31", "< 0.001". */
export const pNumber = (p: number): string =>
  p < 0.001 ? '< 0.001' : p >= 0.995 ? '1' : String(Number(p.toPrecision(2)));

/** "p = 0.31", "p < 0.001" */
export const pValue = (p: number): string => (p < 0.001 ? `p ${pNumber(p)}` : `p = ${pNumber(p)}`);

/** "a", "a and b", "a, b and c" */
export function list(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** The first `limit` items, and how many there are besides: "a, b and 3 others". */
export function shortList(items: readonly string[], limit: number): string {
  if (items.length <= limit) return list(items);
  const rest = items.length - limit;
  return list([...items.slice(0, limit), plural(rest, 'other')]);
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
// What has no width and no meaning in a name but could turn the text around it.

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A name that came with the data (class, file, speaker), safe within a sentence: control characters become visible
 * spaces, and one written from right to left is isolated, so that it leaves the words beside it in their order.
 */
export function name(text: string): string {
  const clean = text.replace(CONTROLS, '\u2423');
  return RIGHT_TO_LEFT.test(clean) ? `\u2068${clean}\u2069` : clean;
}

/** A class's name in quotation marks, at most 60 characters of it. */
export const quoted = (text: string): string => `“${name(shorten(text, 60))}”`;

/** The beginning of a long text, at most `length` characters (grapheme clusters stay whole). */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const graphemes = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map((g) => g.segment);
  return graphemes.length <= length ? text : `${graphemes.slice(0, length - 1).join('')}…`;
}

/** A sentence's first letter as a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
