import { describe, expect, test } from 'vitest';
import { buildReport } from '#main/reports/build.ts';
import { renderPdf } from '#main/reports/pdf.ts';
import { hasGlyph, printable } from '#main/reports/pdf-font.ts';
import { reportSource, THIRTY_FIVE, type FixtureOptions } from '../support/report-fixture.ts';

const long = (length: number) => 'a very long name of something that goes on '.repeat(9).slice(0, length);
const cases: [string, FixtureOptions][] = [
  ['the usual three', { seconds: 0.1 }],
  ['nothing tested', { untested: true, cells: ['gru'], classes: ['yes', 'no'] }],
  [
    'a small perfect one',
    { cells: ['lstm'], classes: ['yes', 'no'], errorRate: { lstm: 0 }, wrongLabels: 0, epochs: 2 },
  ],
  ['four cells, 35 classes, bad networks, leaks', { cells: ['rnn', 'lstm', 'gru', 'dnn'], classes: THIRTY_FIVE, perClass: 20, errorRate: { rnn: 0.5, lstm: 0.3, gru: 0.3 }, leaks: '6 speakers stand on both sides.', labelsChanged: 3, seconds: 0.1 }], // prettier-ignore
  ['long and foreign names', { name: long(200), dataset: long(200), classes: Array.from({ length: 35 }, (_, i) => `${['你好', 'שלום', 'приве́т', long(150)][i % 4]} ${i}`), speakers: Array.from({ length: 60 }, (_, i) => `${long(120)}${i}`), perClass: 8, errorRate: { rnn: 0.6, lstm: 0.6, gru: 0.6 }, seconds: 0.1 }], // prettier-ignore
];

describe('the PDF', () => {
  test.each(cases)('of %s has 2 to 4 pages', async (_, options) => {
    const source = reportSource(options);
    if (options.speakers && options.speakers.length > 10)
      source.comparison.splitWords = `unseen speakers: ${options.speakers.join(', ')}`;
    const pdf = await renderPdf(await buildReport(source, { budget: { clips: 12, bytes: 1e7 } }));
    const text = pdf.toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    const pages = text.match(/\/Type \/Page\b(?!s)/g)!.length;
    expect(pages).toBeGreaterThanOrEqual(2);
    expect(pages).toBeLessThanOrEqual(4);
  });

  test('letters its font lacks are told by their numbers', () => {
    const missing: string[] = [];
    const print = (text: string) => printable(text, () => missing.push(text));
    expect(print('Grüße – χ “Жук” ≥ 3')).toBe('Grüße – χ “Жук” ≥ 3');
    expect(missing).toEqual([]);
    expect(print('a 你好 b')).toBe('a ‹U+4F60 U+597D› b');
    expect(print('\u2068שלום!\u2069')).toBe('‹U+05E9 U+05DC U+05D5 U+05DD›!');
    expect(print('👍🏽'.repeat(4))).toBe('‹U+1F44D U+1F3FD U+1F44D U+1F3FD …›');
    expect(missing).toHaveLength(3);
    expect(print('→ ✗')).toBe('› ×');
  });

  test('the font’s own table is read', () => {
    for (const character of 'Az09äñŁПЯΩ“”–%±…\u00a0') expect(hasGlyph(character), character).toBe(true);
    for (const character of ['中', 'あ', 'א', '한', '😀', '\uffff']) expect(hasGlyph(character), character).toBe(false);
  });
});
