import { describe, expect, test } from 'vitest';
import { clippingFindings, clippedPlot, normPlot } from '../../../src-renderer/rooms/inspect/training/clipping.ts';
import { throughTimeFindings, throughTimeNumbers, throughTimePlot } from '../../../src-renderer/rooms/inspect/training/through-time.ts'; // prettier-ignore
import { fileName } from '../../../src-renderer/rooms/inspect/training/words.ts';
import { plotLayout, powerWords, type PlotData } from '../../../src-renderer/parts/line-plot/layout.ts';
import { plotFigure } from '../../../src-renderer/parts/line-plot/figure.ts';
import type { GradientCurve, ProbeGradients } from '#shared/domain/training-probe.ts';
import type { RunView } from '#shared/domain/run.ts';

const curve = (norms: (number | null)[]): GradientCurve => ({
  ...{ reached: norms.map((norm) => (norm === null ? 0 : 16)), mean: norms, low: norms, high: norms },
  left: norms.map((norm) => norm && norm / norms[0]!),
});

function gradients(cells: Partial<Record<'rnn' | 'lstm' | 'gru', number>>, frames = 30): ProbeGradients {
  return Object.entries(cells).map(([cell, kept], run) => ({
    ...{ run, cell: cell as 'rnn', epoch: 4, head: { version: 1, clips: 16, frames, step: 1 } },
    places: [
      {
        ...{ layer: 0, reverse: false, cell: null },
        hidden: curve(Array.from({ length: frames }, (_, back) => 0.01 * kept ** back)),
      },
    ],
  }));
}
const place = { layer: 0, reverse: false, state: 'hidden' } as const;
const plain = (words: string[]) => words.map((one) => one.replaceAll('\u00a0', ' '));

describe('gradients through time', () => {
  test('a sentence says how much is left, and whether it vanishes or explodes', () => {
    expect(plain(throughTimeFindings(gradients({ rnn: 0.7, lstm: 0.98, gru: 1.2 }), place))).toEqual([
      '20 frames back there is left of the gradient: RNN 0.080 % (it vanishes); LSTM 67 %; GRU 38.3 times as much (it explodes).',
    ]);
    expect(plain(throughTimeFindings(gradients({ rnn: 0.5 }, 6), place))[0]).toContain('5 frames back');
    expect(throughTimeFindings(gradients({ rnn: 0.5 }), { ...place, state: 'cell' })).toEqual([]);
    expect(throughTimeFindings(gradients({ rnn: 0.5 }, 2), place)).toEqual([]);
  });

  test('where a gradient no longer reaches the line ends, and nothing is left', () => {
    const [run] = gradients({ lstm: 0.9 });
    const cut = curve(Array.from({ length: 30 }, (_, back) => (back < 10 ? 0.1 : null)));
    const truncated = [{ ...run, places: [{ ...run.places[0], hidden: cut }] }];
    expect(throughTimeFindings(truncated, place)[0]).toContain('LSTM nothing.');
    const data = throughTimePlot(truncated, place, []);
    const { lines } = plotLayout(data, 600, 300);
    expect(lines[0].pieces).toHaveLength(1);
    expect(lines[0].pieces[0]).toHaveLength(10);
    expect(throughTimeNumbers(truncated, place).rows[10]).toEqual(['LSTM', 4, 10, 16, 0, null, null, null, null]);
  });
});

const run = (records: Partial<RunView['epochs'][number]>[]): RunView =>
  ({ id: 1, cell: 'lstm', epochs: records.map((record, index) => ({ epoch: index + 1, ...record })) }) as RunView;

describe('clipping', () => {
  const norms = { p10: 1, p90: 5, max: 9, after: 1 };
  const records = [
    { gradientNorm: 2.1, clippedShare: 0.34, gradientNorms: norms },
    { gradientNorm: 0.5, clippedShare: 0, gradientNorms: { ...norms, after: 0.5 } },
  ];

  test('a sentence says what it did in the epoch in sight, else in the last', () => {
    expect(plain(clippingFindings([run(records)], 1))).toEqual(['LSTM, epoch 1: clipped in 34 % of the steps; median norm 2.10 before, 1.00 after.']); // prettier-ignore
    for (const epoch of [null, 7])
      expect(plain(clippingFindings([run(records)], epoch))).toEqual([
        'LSTM, epoch 2: not clipped; median norm 0.500.',
      ]);
    expect(clippingFindings([run([])], null)).toEqual([]);
  });

  test('the threshold stands in the chart where norms are clipped; old records have no band', () => {
    const data = normPlot([run(records)], { kind: 'norm', max: 1 }, 20);
    expect(data.references).toEqual([{ y: 1, words: 'clipped at 1' }]);
    expect(data.lines.map(({ name }) => name)).toEqual(['LSTM, after', 'LSTM, before clipping']);
    expect(normPlot([run(records)], { kind: 'value', max: 1 }, 20).references).toBeUndefined();
    const old = normPlot([run(records.map((one) => ({ ...one, gradientNorms: null })))], { kind: 'norm', max: 1 }, 20);
    expect(old.lines).toHaveLength(1);
    expect(plotLayout(old, 600, 300).lines[0].bands).toEqual([]);
    expect(clippedPlot([run(records)], 20).lines[0].points).toEqual([{ x: 1, y: 0.34 }, { x: 2, y: 0 }]); // prettier-ignore
  });
});

describe('a chart of lines', () => {
  const data = (points: [number, number | null][], scale: 'log' | 'linear' = 'log'): PlotData => ({
    x: { title: 'epoch', domain: [0, 10], words: String },
    y: { title: 'norm', scale, words: String },
    lines: [{ id: 'a', cell: 'rnn', name: 'RNN', points: points.map(([x, y]) => ({ x, y })) }],
  });

  test('powers of ten lie evenly; twelve of them at most are in sight', () => {
    const { yTicks, plot, lines } = plotLayout(data([[0, 1], [10, 1e-4]]), 600, 300); // prettier-ignore
    expect(yTicks.map(({ words }) => words)).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '0.1', '1']);
    const steps = yTicks.slice(1).map(({ y }, index) => yTicks[index].y - y);
    for (const step of steps) expect(step).toBeCloseTo(steps[0], 6);
    const [[first, last]] = lines[0].pieces;
    expect(first[1]).toBeCloseTo(yTicks.at(-1)!.y, 6);
    expect(last[0]).toBeCloseTo(plot.right, 6);
    const deep = plotLayout(data([[0, 1], [10, 1e-40]]), 600, 300); // prettier-ignore
    expect(deep.lines[0].pieces[0][1][1]).toBeGreaterThan(deep.plot.bottom);
  });

  test('gaps cut a line; a point alone gets a marker', () => {
    const { lines } = plotLayout(data([[0, 1], [1, null], [2, 2], [3, 3]], 'linear'), 600, 300); // prettier-ignore
    expect(lines[0].pieces.map((piece) => piece.length)).toEqual([1, 2]);
    expect(lines[0].marks).toContainEqual(lines[0].pieces[0][0]);
  });

  test('labels at the ends do not lie upon each other, and stay inside', () => {
    const base = data([[0, 1]], 'linear');
    const lines = ['i', 'f', 'g', 'o'].map((label) => ({ ...base.lines[0], id: label, label, points: [{ x: 5, y: 0.001 }, { x: 10, y: 0 }] })); // prettier-ignore
    const { lines: placed, plot } = plotLayout({ ...base, lines }, 600, 300);
    const ys = placed.map(({ end }) => end!.y).sort((a, b) => a - b);
    for (const [index, y] of ys.slice(1).entries()) expect(y - ys[index]).toBeGreaterThanOrEqual(12);
    expect(ys.at(-1)).toBeLessThanOrEqual(plot.bottom);
  });

  test('nothing at all is still a chart, and a figure without broken numbers', () => {
    expect(plotLayout(data([]), 600, 300).lines[0].pieces).toEqual([]);
    for (const points of [[], [[0, null]], [[0, 1]]] as [number, number | null][][])
      for (const scale of ['log', 'linear'] as const)
        expect(plotFigure(data(points, scale), { title: 'A & B', notes: ['n = 3'] }).svg).not.toMatch(
          /NaN|Infinity|undefined/,
        );
  });

  test.each([
    [-13, '10⁻¹³'],
    [-1, '0.1'],
    [0, '1'],
    [2, '100'],
    [5, '10⁵'],
  ] as const)('10 to the %i is %s', (decade, words) => {
    // prettier-ignore
    expect(powerWords(decade)).toBe(words);
  });
});

test('files are named after the comparison, in plain letters', () => {
  expect(fileName({ name: 'RNN, LSTM: Zähler/ä' }, 3, 'gradients')).toBe('RNN-LSTM-Zahler-a-seed-3-gradients');
  expect(fileName({ name: '???' }, 0, 'clipped')).toBe('comparison-seed-0-clipped');
});
