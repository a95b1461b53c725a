import { expect, test } from 'vitest';
import {
  activationFigure,
  activationNumbers,
  productFigure,
  productNumbers,
} from '#renderer/rooms/inspect/activations/figures.ts';
import { preActivationsOf } from '#renderer/rooms/inspect/activations/pre-activations.ts';

const { histogram } = preActivationsOf('tanh', 'rnn', {
  values: new Map([['hidden', Float32Array.of(0, 0.5, -0.99)]]),
})!;

test('a row of numbers stands for a bar: the function at its middle, and what fell into it', () => {
  const { head, rows } = activationNumbers('tanh', histogram);
  expect(head).toEqual(['x', 'f', 'derivative', 'values']);
  expect(rows).toHaveLength(histogram.counts.length);
  rows.forEach(([x, f, derivative, values], bar) => {
    expect(x).toBeCloseTo((histogram.edges[bar] + histogram.edges[bar + 1]) / 2, 12);
    expect(f).toBeCloseTo(Math.tanh(x!), 12);
    expect(derivative).toBeCloseTo(1 - Math.tanh(x!) ** 2, 12);
    expect(values).toBe(histogram.counts[bar]);
  });
  expect(rows.reduce((sum, row) => sum + row[3]!, 0)).toBe(3);
});

test('slopes over many steps are powers of one slope', () => {
  const { head, rows } = productNumbers(1);
  expect(head).toEqual(['steps', 'sigmoid', 'tanh', 'relu']);
  expect(rows[9][1]).toBeCloseTo((1 / (1 + Math.exp(-1)) / (1 + Math.exp(1))) ** 10, 15);
  expect(rows.map((row) => row[3])).toEqual(rows.map(() => 1));
});

test('pictures have the bars, both lines and what they rest on', () => {
  const { svg } = activationFigure('tanh', histogram, ['n = 3 values']);
  expect(svg.match(/<rect /g)!.length).toBeGreaterThanOrEqual(histogram.counts.length);
  expect(svg.match(/<path /g)).toHaveLength(2);
  expect(svg).toContain('n = 3 values');
  expect(productFigure(1).svg).toContain('x = 1');
});
