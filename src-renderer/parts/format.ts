/** Numbers as the screen writes them: three significant digits, units, thin groups, times as 1 min 20 s. */

const NARROW_SPACE = '\u202f';
const NO_BREAK_SPACE = '\u00a0';

/** Whole numbers, grouped by thousands: 105 829. */
export function count(value: number): string {
  const digits = String(Math.round(Math.abs(value)));
  const grouped = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE) : digits;
  return value < 0 && digits !== '0' ? `−${grouped}` : grouped;
}

/** Three significant digits (or `digits`), never in scientific notation between 0.001 and a million. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6)
    return value
      .toExponential(digits - 1)
      .replace('e+', 'e')
      .replaceAll('-', '−');
  const rounded = Number(value.toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return decimals === 0 ? count(rounded) : rounded.toFixed(decimals).replace('-', '−');
}

/** A share as per cent: 0.9834 is 98.3 %. */
export function percent(share: number, digits = 3): string {
  if (!Number.isFinite(share)) return '–';
  return `${significant(share * 100, digits)}${NO_BREAK_SPACE}%`;
}

/** A span of time: 0.412 s, 8.2 s, 1 min 20 s, 3 h 5 min. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 0) return `−${duration(-seconds)}`;
  if (seconds < 59.95) return unit(significant(seconds), 's');
  const whole = Math.round(seconds);
  if (whole < 3600) return join(unit(Math.floor(whole / 60), 'min'), whole % 60, 's');
  const minutes = Math.round(seconds / 60);
  return join(unit(count(Math.floor(minutes / 60)), 'h'), minutes % 60, 'min');
}

/** A point in time within a clip, for axes and playheads: 0:01.234. */
export function timecode(seconds: number, decimals = 3): string {
  const scale = 10 ** decimals;
  const ticks = Math.round(Math.max(0, seconds) * scale);
  const minutes = Math.floor(ticks / (60 * scale));
  const rest = ((ticks % (60 * scale)) / scale).toFixed(decimals);
  return `${minutes}:${rest.padStart(decimals > 0 ? decimals + 3 : 2, '0')}`;
}

/** 16 kHz, 44.1 kHz, 440 Hz. */
export function frequency(hertz: number): string {
  return hertz >= 1000 ? unit(trimmed(hertz / 1000), 'kHz') : unit(trimmed(hertz), 'Hz');
}

/** 512 B, 1.25 kB, 3.4 MB; powers of 1000. */
export function bytes(size: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let step = 0;
  while (size >= 999.5 && step < names.length - 1) {
    size /= 1000;
    step++;
  }
  return unit(step === 0 ? count(size) : significant(size), names[step]);
}

/** Memory as the operating system counts it: MiB and GiB. */
export function memory(mebibytes: number): string {
  return mebibytes < 1000 ? unit(significant(mebibytes), 'MiB') : unit(significant(mebibytes / 1024), 'GiB');
}

/** `1 clip`, `12 345 clips`. */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${count(amount)}${NO_BREAK_SPACE}${amount === 1 ? one : many}`;
}

/** A moment, in the words of the person's own locale; the exact one belongs in a title. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The last part of a path, and the folder before it. */
export function splitPath(path: string): { folder: string; name: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { folder: path.slice(0, at + 1), name: path.slice(at + 1) };
}

const unit = (value: string | number, name: string) => `${value}${NO_BREAK_SPACE}${name}`;
const join = (first: string, rest: number, name: string) =>
  rest === 0 ? first : `${first}${NO_BREAK_SPACE}${unit(rest, name)}`;
const trimmed = (value: number) => String(Number(value.toPrecision(4)));
