import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { renderCsv } from '#main/reports/csv.ts';
import type { PredictionRow } from '#main/reports/source.ts';
import { reportSource } from '../support/report-fixture.ts';

const parse = (csv: string) =>
  Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), { newline: '\r\n', skipEmptyLines: true });
const row = (values: Partial<PredictionRow>): PredictionRow => ({
  run: 1,
  cell: 'rnn',
  seed: 0,
  clip: 1,
  file: 'a.wav',
  speaker: null,
  truth: 'a',
  predicted: 'b',
  probabilities: [0.25, 0.75],
  ...values,
});

describe('the CSV of predictions', () => {
  test('one line an answer, one column a class', () => {
    const source = reportSource({ seeds: [0, 1], perClass: 3 });
    const { classes } = source.comparison;
    const { data, errors } = parse([...renderCsv(classes, source.predictionsCsvRows())].join(''));
    expect(errors).toEqual([]);
    expect(data[0]).toEqual([
      'run',
      'cell',
      'seed',
      'clip',
      'file',
      'speaker',
      'truth',
      'predicted',
      'correct',
      ...classes.map((c) => `p(${c})`),
    ]);
    expect(data).toHaveLength(1 + 3 * 2 * 30);
    for (const line of data.slice(1)) {
      expect(line).toHaveLength(9 + classes.length);
      expect(line[8]).toBe(line[6] === line[7] ? '1' : '0');
      expect(line.slice(9).reduce((sum, p) => sum + Number(p), 0)).toBeCloseTo(1, 4);
    }
    const right = data.slice(1).filter((line) => line[1] === 'lstm' && line[8] === '1').length;
    expect(right / 60).toBeCloseTo(source.comparison.summary.find(({ cell }) => cell === 'lstm')!.accuracy, 10);
  });

  test('any name comes back from it, but for the apostrophe before a formula', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (file, truth) => {
        const { data } = parse([...renderCsv(['a', 'b'], [row({ file, truth })])].join(''));
        const guarded = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
        expect(data[1]?.[4]).toBe(guarded(file));
        expect(data[1]?.[6]).toBe(guarded(truth));
      }),
    ));

  test.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is no formula', (label) => {
    const { data } = parse([...renderCsv([label, 'b'], [row({ predicted: label, speaker: label })])].join(''));
    expect(data[1][5].startsWith("'")).toBe(true);
    expect(data[1][7].startsWith("'")).toBe(true);
    expect(data[0][9].startsWith('p(')).toBe(true);
  });

  test('a large table comes in pieces', () => {
    const many = function* () {
      for (let clip = 0; clip < 5000; clip++) yield row({ clip });
    };
    const pieces = [...renderCsv(['a', 'b'], many())];
    expect(pieces.length).toBeGreaterThan(1);
    expect(parse(pieces.join('')).data).toHaveLength(5001);
  });
});
