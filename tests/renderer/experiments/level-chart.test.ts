import { describe, expect, it } from 'vitest';
import { levelFigure } from '#renderer/parts/level-chart/figure.ts';
import { amountDomain, levelLayout, type LevelData } from '#renderer/parts/level-chart/layout.ts';

const [WIDTH, HEIGHT] = [660, 356];

const data = (changes: Partial<LevelData> = {}): LevelData => ({
  slots: [10, 100, 1000].map((at) => ({ at, words: `${at} units`, tick: String(at) })),
  ...{ scale: 'log', axis: 'Hidden size (units)' },
  value: { title: 'Accuracy (%)', domain: [0, 1], amount: false, tick: (v) => String(v * 100), words: (v) => `${v}` },
  series: [
    {
      ...{ id: 'lstm', name: 'LSTM' },
      points: [0, 1, 2].map((slot) => ({ slot, cell: 'lstm', value: 0.5, interval: [0.25, 0.75] as const })),
    },
  ],
  ...changes,
});

describe('places along the axis', () => {
  it('lie by the logarithm of their number, at like distances for like factors', () => {
    const [a, b, c] = levelLayout(data(), WIDTH, HEIGHT).slots.map(({ x }) => x);
    expect(b - a).toBeCloseTo(c - b, 6);
  });
  it('lie by their number on a linear axis', () => {
    const [a, b, c] = levelLayout(data({ scale: 'linear' }), WIDTH, HEIGHT).slots.map(({ x }) => x);
    expect((c - b) / (b - a)).toBeCloseTo(10, 6);
  });
  it('keep the order of their numbers, whatever order they come in', () => {
    const slots = [1000, 10, 100].map((at) => ({ at, words: String(at) }));
    const [most, least, middle] = levelLayout(data({ slots, series: [] }), WIDTH, HEIGHT).slots.map(({ x }) => x);
    expect(least).toBeLessThan(middle);
    expect(middle).toBeLessThan(most);
  });
  it('put what is no number behind a break, to which no line leads', () => {
    const slots = [{ at: 1, words: '1' }, { at: null, words: 'Whole clips' }, { at: 20, words: '20' }]; // prettier-ignore
    const { breakAt, lines, slots: places } = levelLayout(data({ slots }), WIDTH, HEIGHT);
    expect(places[1].x).toBeGreaterThan(breakAt!);
    expect(places[2].x).toBeLessThan(breakAt!);
    expect(lines[0].points).toHaveLength(2);
    expect(lines[0].points.every(([x]) => x < breakAt!)).toBe(true);
  });
  it('put one number alone in the middle', () => {
    const { slots } = levelLayout(data({ slots: [{ at: 7, words: '7' }], series: [] }), WIDTH, HEIGHT);
    expect(slots[0].x).toBeCloseTo((46 + WIDTH - 14) / 2, 6);
  });
  it('stand side by side where they are names, without a line', () => {
    const slots = ['a', 'b', 'c'].map((words) => ({ at: null, words }));
    const { slots: places, lines, breakAt } = levelLayout(data({ slots, scale: 'names' }), WIDTH, HEIGHT);
    expect(places[2].x - places[1].x).toBeCloseTo(places[1].x - places[0].x, 6);
    expect({ lines, breakAt }).toEqual({ lines: [], breakAt: null });
  });
});

describe('marks', () => {
  it('reach as far up and down as their interval', () => {
    const { marks, plot } = levelLayout(data(), WIDTH, HEIGHT);
    const tall = plot.bottom - plot.top;
    expect(marks[0].y).toBeCloseTo(plot.top + tall / 2, 6);
    expect(marks[0].whisker).toEqual([plot.top + tall / 4, plot.top + (3 * tall) / 4]);
  });
  it('of several series stand apart, evenly about their level', () => {
    const one = data().series[0];
    const { marks, slots } = levelLayout(data({ series: [one, { ...one, id: 'other' }] }), WIDTH, HEIGHT);
    const [left, right] = marks.filter(({ point }) => point.slot === 1).map(({ x }) => x);
    expect(left).toBeLessThan(right);
    expect((left + right) / 2).toBeCloseTo(slots[1].x, 6);
  });
  it('are bars from zero where amounts are beside names, and else none', () => {
    const names = data({ scale: 'names', value: { ...data().value, amount: true, domain: [0, 2] } });
    const { marks, plot } = levelLayout(names, WIDTH, HEIGHT);
    expect(marks[0].bar?.foot).toBe(plot.bottom);
    expect(plot.bottom - marks[0].y).toBeCloseTo((plot.bottom - plot.top) / 4, 6);
    expect(levelLayout(data(), WIDTH, HEIGHT).marks[0].bar).toBe(null);
  });
});

it.each([
  [
    [3, 41],
    [0, 50],
  ],
  [[100], [0, 100]],
  [[0.0021], [0, 0.0025]],
  [[0], [0, 1]],
  [[], [0, 1]],
])('amounts of %o have an axis from %o', (values, domain) => {
  const [low, high] = amountDomain(values);
  expect(low).toBe(domain[0]);
  expect(high).toBeCloseTo(domain[1], 9);
});

it('the picture holds title, axis, levels, marks and what the numbers rest on, and is well-formed', () => {
  const { svg, height } = levelFigure(data({ reference: { value: 0.1, words: 'chance 10 %' } }), {
    ...{ title: 'Size < 5 & more', notes: ['n = 300', 'seed 0'] },
    legend: [{ name: 'LSTM', cell: 'lstm' }],
  });
  for (const words of ['Size &lt; 5 &amp; more', 'Hidden size (units)', '>1000<', 'chance 10 %', 'n = 300', 'seed 0'])
    expect(svg).toContain(words);
  // Three markers and the legend's; each interval is three strokes.
  expect(svg.match(/<path /g)).toHaveLength(4);
  expect(svg.match(/<(\w+)[^>]*[^/]>/g)!.length).toBe(svg.match(/<\/\w+>/g)!.length);
  expect(height).toBeGreaterThan(450);
});
