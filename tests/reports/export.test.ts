import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportReport, slug } from '#main/reports/export.ts';
import { REPORT_FORMATS, ReportFile } from '#shared/contract/reports.ts';
import { reportSource } from '../support/report-fixture.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hark-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const source = (options = {}) => reportSource({ name: 'RNN vs. LSTM (März)', perClass: 5, seconds: 0.05, ...options });

describe('export', () => {
  test('writes every format and answers the files', async () => {
    const steps: [number, number][] = [];
    const target = path.join(folder, 'new', 'deep');
    const files = await exportReport(source(), REPORT_FORMATS, target, {
      onProgress: (done, total) => steps.push([done, total]),
    });
    expect(files.map(({ name }) => name)).toEqual([
      'rnn-vs-lstm-marz.html',
      'rnn-vs-lstm-marz.pdf',
      'rnn-vs-lstm-marz.md',
      'rnn-vs-lstm-marz.csv',
    ]);
    for (const file of files) {
      expect(ReportFile.parse(file)).toEqual(file);
      expect((await readFile(file.path)).length).toBe(file.bytes);
    }
    expect((await readdir(target)).sort()).toEqual(
      [...files.map(({ name }) => name), 'rnn-vs-lstm-marz-figures'].sort(),
    );
    expect(await readdir(path.join(target, 'rnn-vs-lstm-marz-figures'))).toContain('accuracy.svg');
    const [done, total] = steps.at(-1)!;
    expect(done).toBe(total);
  });

  test('leaves alone what is there', async () => {
    await writeFile(path.join(folder, 'rnn-vs-lstm-marz.csv'), 'mine');
    const [html, csv] = await exportReport(source(), ['html', 'csv'], folder);
    expect([html.name, csv.name]).toEqual(['rnn-vs-lstm-marz-2.html', 'rnn-vs-lstm-marz-2.csv']);
    const [third] = await exportReport(source(), ['csv'], folder);
    expect(third.name).toBe('rnn-vs-lstm-marz-3.csv');
    expect(await readFile(path.join(folder, 'rnn-vs-lstm-marz.csv'), 'utf8')).toBe('mine');
  });

  test('a stopped export leaves no half file', async () => {
    const stop = new AbortController();
    const stopping = source();
    const rows = stopping.predictionsCsvRows;
    stopping.predictionsCsvRows = function* () {
      for (let again = 0; again < 50; again++) {
        yield* rows.call(stopping);
        if (again === 20) stop.abort();
      }
    };
    await expect(exportReport(stopping, ['csv'], folder, { signal: stop.signal })).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a folder that cannot be is refused in words', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expect(exportReport(source(), ['csv'], path.join(file, 'sub'))).rejects.toMatchObject({
      kind: 'bad-input',
      where: path.join(file, 'sub'),
    });
  });

  test.each([
    ['RNN, LSTM und GRU: Größe', 'rnn-lstm-und-gru-große'],
    ['../../etc/passwd', 'etc-passwd'],
    ['  ', 'report'],
    ['CON', 'report-con'],
    ['你好', '你好'],
    ['x'.repeat(300), 'x'.repeat(60)],
  ])('%j becomes the file name %j', (text, expected) => expect(slug(text)).toBe(expected));
});
