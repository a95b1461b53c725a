import type { PredictionRow } from './source.ts';

/** A spreadsheet takes a field that begins so for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** One field after RFC 4180; text a spreadsheet would compute gets an apostrophe before it. */
function field(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Every answer of every run, one line each: run, cell, seed, clip, file, speaker, truth, predicted, correct (1 or 0), then the
 * probability of each class. UTF-8 with a byte order mark (spreadsheets ask for it), lines end in CR LF.
 * @returns the file in pieces of about 64 KiB, so that a large one need not be held at once
 */
export function* renderCsv(classes: readonly string[], rows: Iterable<PredictionRow>): Generator<string> {
  const header = [
    'run',
    'cell',
    'seed',
    'clip',
    'file',
    'speaker',
    'truth',
    'predicted',
    'correct',
    ...classes.map((label) => `p(${label})`),
  ];
  let piece = `\ufeff${header.map(field).join(',')}\r\n`;
  for (const row of rows) {
    const probabilities = Array.from(row.probabilities, (probability) => String(Number(probability.toPrecision(6))));
    piece +=
      [
        row.run,
        row.cell,
        row.seed,
        row.clip,
        field(row.file),
        field(row.speaker ?? ''),
        field(row.truth),
        field(row.predicted),
        row.predicted === row.truth ? 1 : 0,
        ...probabilities,
      ].join(',') + '\r\n';
    if (piece.length > 0x1_0000) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}
