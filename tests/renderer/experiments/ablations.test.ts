import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvOf } from '#renderer/parts/figure/csv.ts';
import { chartData, legendOf } from '#renderer/rooms/experiments/ablation/chart-data.ts';
import { basisWords, fileName, progressWords, sweepCsv } from '#renderer/rooms/experiments/ablation/words.ts';
import { filterSweeps } from '#renderer/rooms/experiments/list/filter.ts';
import { quantityOf } from '#renderer/rooms/experiments/quantities.ts';
import { readRoute } from '#renderer/rooms/experiments/route.ts';
import { inOrder, levelsError, readLevel } from '#renderer/rooms/experiments/settings/levels.ts';
import { FACTORS } from '#shared/domain/factors.ts';
import type { SweepSummary, SweepView } from '#shared/domain/sweep.ts';
import { FakeState } from '../../support/fake/state.ts';
import { sweepView } from '../../support/fake/sweeps.ts';

const state = new FakeState({ sweeps: true });
const [done, failed]: SweepView[] = state.sweeps.map((sweep) => sweepView(state, sweep));
const accuracy = quantityOf('accuracy');

describe('the chart of an ablation', () => {
  it('has a place a level and a curve a cell, with intervals of accuracy alone', () => {
    const { slots, series, scale, axis } = chartData(done, accuracy);
    expect(slots.map(({ at }) => at)).toEqual([32, 64, 128, 256, 512]);
    expect(series.map(({ name, points }) => [name, points.length])).toEqual([['DNN', 5], ['RNN', 5], ['LSTM', 5], ['GRU', 5]]); // prettier-ignore
    expect({ scale, axis }).toEqual({ scale: 'log', axis: 'Hidden size (units, logarithmic axis)' });
    expect(series[2].points[1].interval).toEqual(done.levels[1].summary[2].interval);
    expect(chartData(done, quantityOf('macroF1')).series[2].points[1].interval).toBe(null);
  });
  it('shows all intervals of accuracy, and amounts from zero', () => {
    const [low, high] = chartData(done, accuracy).value.domain;
    const ends = done.levels.flatMap(({ summary }) => summary.flatMap(({ interval }) => interval));
    expect(low).toBeLessThanOrEqual(Math.min(...ends));
    expect(high).toBeGreaterThanOrEqual(Math.max(...ends));
    expect(chartData(done, quantityOf('memory')).value).toMatchObject({ amount: true, domain: [0, 400] });
  });
  it('says at its place that a level failed, waits, or was not begun; what is no number has none', () => {
    const { slots, series } = chartData(failed, accuracy);
    expect(slots[1]).toMatchObject({ at: 5, words: '5 frames', note: 'failed' });
    expect(slots.at(-1)).toMatchObject({ at: null, words: 'Whole clips' });
    expect(series[0].points.map(({ slot }) => slot)).toEqual([0, 2, 3, 4]);
    const waiting = { ...done, levels: done.levels.map((level) => ({ ...level, state: 'waiting' as const })) };
    expect(chartData({ ...waiting, state: 'running' }, accuracy).slots[0].note).toBe('waiting for its turn');
    expect(chartData({ ...waiting, state: 'stopped' }, accuracy).slots[0].note).toBe('not begun');
  });
  it('puts the cells along the axis where the question is how those differ', () => {
    const levels = done.levels.slice(0, 2).map((level, index) => ({
      ...level,
      ...[
        { value: 'units', words: 'Equal units' },
        { value: 'parameters', words: 'Equal parameters' },
      ][index],
    }));
    const memory: SweepView = { ...done, spec: { ...done.spec, factor: 'memory', levels: ['units', 'parameters'] }, levels }; // prettier-ignore
    const { slots, series } = chartData(memory, accuracy);
    expect(slots.map(({ words }) => words)).toEqual(['DNN', 'RNN', 'LSTM', 'GRU']);
    expect(series.map(({ name, hollow }) => [name, hollow])).toEqual([['Equal units', false], ['Equal parameters', true]]); // prettier-ignore
    expect(series[1].points[3]).toMatchObject({ slot: 3, cell: 'gru', value: levels[1].summary[3].accuracy });
    expect(legendOf(memory).map(({ name }) => name)).toEqual(['Equal units', 'Equal parameters']);
  });
});

describe('the words of an ablation', () => {
  it('say n, split and seeds', () => {
    const words = basisWords(done);
    for (const part of ['300\u00a0test clips', 'Spoken digits', done.splitWords, 'seed 0'])
      expect(words).toContain(part);
    expect(basisWords({ ...done, testClips: 0 })).toContain('the test part of Spoken digits');
  });
  it('say how far and how long still, the latter only while it runs', () => {
    const progress = { done: 40, total: 160 };
    const going = { ...done, progress, secondsSpent: 88, secondsLeft: 264 };
    expect(progressWords({ ...going, state: 'running' })).toBe('40 of 160\u00a0epochs · 1\u00a0min\u00a028\u00a0s so far · about 4\u00a0min\u00a024\u00a0s left'); // prettier-ignore
    expect(progressWords({ ...going, state: 'paused' })).not.toContain('left');
  });
  it('are a table of every level and network, a field a heading', () => {
    const { data: rows, meta } = Papa.parse<Record<string, string>>(sweepCsv(failed).trimEnd(), { header: true });
    expect(rows.map(({ level, cell }) => `${level} ${cell}`)).toEqual(
      ['1', '10', '20', ''].flatMap((level) => ['rnn', 'lstm', 'gru'].map((cell) => `${level} ${cell}`)),
    );
    for (const row of rows) expect(Object.keys(row)).toEqual(meta.fields);
    const [first] = failed.levels[0].summary;
    expect(Number(rows[0]['accuracy'])).toBe(first.accuracy);
    expect([rows[0]['interval_method'], rows[0]['best_epoch']]).toEqual([
      first.intervalMethod,
      String(first.bestEpoch),
    ]);
  });
  it('become names of files', () => {
    expect(fileName('Hidden size: DNN, RNN / “größte”?')).toBe('Hidden-size-DNN-RNN-größte');
  });
});

it('quotes what would break a table', () =>
  expect(
    csvOf(
      ['a', 'b,c'],
      [
        ['x"y', 1.5],
        [null, 'two\nlines'],
      ],
    ),
  ).toBe('a,"b,c"\r\n"x""y",1.5\r\n,"two\nlines"\r\n'));

describe('a level that is typed', () => {
  const chosen = [32, 64];
  it.each([
    ['100', 100],
    [' 7 ', 7],
    ['4096', 4096],
  ])('%o is %d', (text, value) => expect(readLevel(text, FACTORS.hiddenSize, chosen)).toEqual({ value, error: null }));
  it.each([
    ['many', '“many” is no number.'],
    ['', '“” is no number.'],
    ['2.5', '2.5 is not whole: units are counted.'],
    ['0', '0 is too small: at least 1.'],
    ['5000', '5000 is too large: at most 4096.'],
    ['64', '64 is there already.'],
  ])('%o is refused', (text, error) =>
    expect(readLevel(text, FACTORS.hiddenSize, chosen)).toEqual({ value: null, error }),
  );
  it('may have a comma where it need not be whole, and is refused where only names make sense', () => {
    expect(readLevel('0,5', FACTORS.clipping, [])).toEqual({ value: 0.5, error: null });
    expect(readLevel('3', FACTORS.kind, []).error).toBe('Only the levels shown can be chosen.');
  });
  it('comes into its place; what is no number stays behind', () => {
    expect(inOrder([10, 1, null, 5])).toEqual([1, 5, 10, null]);
    expect(inOrder(['mfcc', 'logmel'])).toEqual(['mfcc', 'logmel']);
  });
  it.each([
    [1, /two levels/],
    [13, /12 levels/],
  ])('%d of them cannot be run', (many, error) => expect(levelsError(Array.from({ length: many }, (_, i) => i))).toMatch(error)); // prettier-ignore
  it('twelve can', () => expect(levelsError(Array.from({ length: 12 }, (_, i) => i))).toBe(null));
});

it.each([
  ['/experiments', null, null],
  ['/experiments/ablations/12', 12, null],
  ['/experiments/ablations/0', null, null],
  ['/experiments/ablations/x', null, null],
  ['/experiments/new/hiddenSize', null, 'hiddenSize'],
  ['/experiments/new/nothing', null, null],
])('reads %s', (location, sweep, factor) => expect(readRoute(location)).toEqual({ sweep, factor }));

it('finds ablations by name, setting and dataset, the newest first', () => {
  const sweep = (id: number, changes: Partial<SweepSummary>): SweepSummary => ({
    ...{ id, name: `Ablation ${id}`, factor: 'hiddenSize', dataset: 1, datasetName: 'Digits', state: 'done' },
    ...{ createdAt: `2026-11-0${id}`, cells: ['lstm'], seeds: [0], done: 2, levels: 2, ...changes },
  });
  const all = [sweep(1, {}), sweep(2, { factor: 'numLayers' }), sweep(3, { dataset: 2, datasetName: 'Commands' })];
  const ids = (search: string, dataset: number | null) => filterSweeps(all, search, dataset).map(({ id }) => id);
  expect(ids('', 1)).toEqual([2, 1]);
  expect(ids('', null)).toEqual([3, 2, 1]);
  expect(ids('layers digits', null)).toEqual([2]);
  expect(ids('commands', 1)).toEqual([]);
});
