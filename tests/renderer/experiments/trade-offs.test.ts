import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityOf } from '#renderer/rooms/experiments/quantities.ts';
import { tradeOffsFigure } from '#renderer/rooms/experiments/trade-offs/figure.ts';
import { paretoFront } from '#renderer/rooms/experiments/trade-offs/front.ts';
import { groupsOf, splitsOf } from '#renderer/rooms/experiments/trade-offs/groups.ts';
import { bubbleLayout, radiusOf } from '#renderer/rooms/experiments/trade-offs/layout.ts';
import { bubbleWords, networkWords, placeWords, tradeOffsCsv } from '#renderer/rooms/experiments/trade-offs/words.ts';
import { logTicks } from '#renderer/parts/sound/axis.ts';
import type { TradeOff } from '#shared/domain/sweep.ts';

const row = (changes: Partial<TradeOff> = {}): TradeOff => ({
  ...{ comparison: 1, name: 'First', sweep: null, level: null, splitWords: 'official split' },
  ...{ layers: 1, bidirectional: false, cell: 'lstm', runs: 2, hiddenSize: 64, parameters: 27_786, testClips: 300 },
  ...{ accuracy: 0.9, interval: [0.86, 0.93], intervalMethod: 'Wilson', seedDeviation: null, macroF1: 0.89 },
  ...{ epochSeconds: 2, inferenceMs: { p50: 1.4, p95: 1.9 }, peakMemoryMB: 341, bestEpoch: 7 },
  ...changes,
});

describe('the Pareto front', () => {
  const offer = fc.record({ cost: fc.integer({ min: 1, max: 12 }), worth: fc.integer({ min: 0, max: 12 }) });
  const beats = (a: { cost: number; worth: number }, b: typeof a) =>
    a.cost <= b.cost && a.worth >= b.worth && (a.cost < b.cost || a.worth > b.worth);

  it('holds just those that no other beats', () =>
    fc.assert(
      fc.property(fc.array(offer, { maxLength: 25 }), (offers) => {
        const unbeaten = offers.filter((one) => !offers.some((other) => beats(other, one)));
        expect(new Set(paretoFront(offers))).toEqual(new Set(unbeaten));
      }),
    ));
  it('begins with the cheapest and rises', () =>
    fc.assert(
      fc.property(fc.array(offer, { maxLength: 25 }), (offers) => {
        paretoFront(offers).forEach((one, index, front) => {
          if (index === 0) return;
          expect(one.cost).toBeGreaterThanOrEqual(front[index - 1].cost);
          expect(one.worth).toBeGreaterThanOrEqual(front[index - 1].worth);
        });
      }),
    ));
});

describe('bubbles', () => {
  const rows = [
    row({ parameters: 1000, accuracy: 0.8, interval: [0.75, 0.84], inferenceMs: { p50: 1, p95: 2 } }),
    row({ parameters: 10_000, accuracy: 0.7, interval: [0.64, 0.75], inferenceMs: { p50: 4, p95: 5 } }),
    row({ parameters: 100_000, accuracy: 0.9, interval: [0.86, 0.93], inferenceMs: { p50: 2, p95: 3 } }),
  ];
  const layout = bubbleLayout(rows, quantityOf('parameters'), quantityOf('inference'), 900, 400);
  const of = (wanted: TradeOff) => layout.bubbles.find((bubble) => bubble.row === wanted)!;

  it('have areas proportional to what they stand for', () => {
    expect(of(rows[1]).radius ** 2 / of(rows[2]).radius ** 2).toBeCloseTo(2, 9);
    expect(radiusOf(0, 5)).toBeGreaterThan(0);
    expect(layout.sizes.map(({ value }) => value)).toEqual([1, 2, 3, 4]);
    for (const { value, radius } of layout.sizes) expect(radius).toBe(radiusOf(value, 4));
  });
  it('lie by the logarithm of their cost and by their accuracy, the largest beneath', () => {
    expect(of(rows[1]).x - of(rows[0]).x).toBeCloseTo(of(rows[2]).x - of(rows[1]).x, 6);
    expect(of(rows[2]).y).toBeLessThan(of(rows[0]).y);
    expect(layout.bubbles[0].row).toBe(rows[1]);
  });
  it('show who is on the front, joined by steps', () => {
    expect(rows.map((one) => of(one).onFront)).toEqual([true, false, true]);
    const [[x0, y0], [x1, y1], [x2, y2]] = layout.front;
    expect([y1, x1]).toEqual([y0, x2]);
    expect(x0).toBeLessThan(x1);
    expect(y2).toBeLessThan(y1);
  });
  it('can be one alone', () => {
    const { bubbles, costs } = bubbleLayout([row()], quantityOf('memory'), quantityOf('parameters'), 900, 400);
    expect(bubbles[0].x).toBeGreaterThan(46);
    expect(bubbles[0].x).toBeLessThan(900);
    expect(costs.length).toBeGreaterThan(1);
  });
  it('come on a picture with what they rest on', () => {
    const { svg } = tradeOffsFigure(rows, quantityOf('parameters'), quantityOf('inference'), 'Costs', ['3 networks']);
    for (const words of ['Costs', 'Parameters, logarithmic axis', '3 networks', 'LSTM']) expect(svg).toContain(words);
  });
});

it.each([
  [800, 90_000, 10, [1000, 2000, 5000, 10_000, 20_000, 50_000]],
  [800, 90_000, 5, [1000, 3000, 10_000, 30_000]],
  [800, 90_000, 2, [1000, 10_000]],
  [270, 420, 8, [300, 350, 400]],
])('a logarithmic axis from %d to %d names at most %d values', (low, high, wanted, ticks) =>
  expect(logTicks(low, high, wanted)).toEqual(ticks),
);

it('counts the splits, the most common first', () =>
  expect(splitsOf([row(), row({ splitWords: 'fold 1 of 5' }), row({ splitWords: 'fold 1 of 5' })])).toEqual([
    { words: 'fold 1 of 5', networks: 2 },
    { words: 'official split', networks: 1 },
  ]));

it('puts levels of one ablation together, and other comparisons each for itself', () => {
  const level = (comparison: number, words: string) =>
    row({ ...{ comparison, sweep: 3, level: words, name: `Sizes, ${words}` } });
  const rows = [row(), level(5, '32 units'), level(6, '64 units'), row({ cell: 'gru' })];
  const groups = groupsOf(rows);
  expect(groups.map(({ name }) => name)).toEqual(['First', 'Ablation: Sizes']);
  expect(groups.map(({ has }) => rows.filter(has).length)).toEqual([2, 2]);
});

it('says what a network is, and all its numbers with n, interval and seeds', () => {
  const deep = row({ layers: 2, bidirectional: true });
  expect(networkWords(deep)).toBe('LSTM of 64\u00a0units, 2\u00a0layers, both directions');
  const words = bubbleWords(deep);
  for (const part of [
    'First',
    '90.0\u00a0%',
    '86.0–93.0\u00a0%',
    '300\u00a0test clips',
    '2\u00a0seeds',
    'official split',
  ])
    expect(words).toContain(part);
});

it.each([
  [{ name: 'Sizes, 32 units', level: '32 units' }, 'Sizes, 32 units'],
  [{ name: 'My own', level: '32 units' }, 'My own, 32 units'],
  [{ name: 'My own', level: null }, 'My own'],
])('%o is called %s', (of, words) => expect(placeWords(of)).toBe(words));

it('writes a row a network, quoted where it has to be', () => {
  const one = row({ name: 'Mine, "best"' });
  const [head, line] = tradeOffsCsv([one], 'Digits', new Set([one]))
    .trimEnd()
    .split('\r\n');
  expect(line).toContain('"Mine, ""best"""');
  // The name holds one comma.
  expect(line.split(',')).toHaveLength(head.split(',').length + 1);
  expect(line.endsWith(',true')).toBe(true);
});
