import { download } from './save.ts';

/** Rows as CSV (RFC 4180): commas, lines end with CR LF, quotes where they are needed. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map((value) => field(String(value))).join(',')}\r\n`).join('');

const field = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** Keeps CSV as a file of the browser's. @param name without its ending */
export const saveCsv = (csv: string, name: string): void =>
  download(new Blob([csv], { type: 'text/csv' }), `${name}.csv`);
