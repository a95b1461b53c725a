import { expect, test } from 'vitest';
import { preActivationsOf } from '#renderer/rooms/inspect/activations/pre-activations.ts';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const layer = (signals: Record<string, number[]>) => ({
  values: new Map(Object.entries(signals).map(([id, values]) => [id, Float32Array.from(values)])),
});

test('what came out of a function tells what went in, bar by bar', () => {
  const inputs = [-5.9, -0.1, 0.1, 3.3];
  const gates = inputs.map(sigmoid);
  const lstm = layer({
    forget: gates,
    input: gates,
    output: gates,
    candidate: inputs.map(Math.tanh),
    cell: [],
    hidden: [],
  });
  for (const [id, times] of [
    ['sigmoid', 3],
    ['tanh', 1],
  ] as const) {
    const { histogram, n } = preActivationsOf(id, 'lstm', lstm)!;
    expect(n).toBe(4 * times);
    for (const x of inputs) {
      const bar = histogram.edges.findIndex((edge, index) => x >= edge && x < histogram.edges[index + 1]);
      expect(histogram.counts[bar]).toBe(times);
    }
  }
});

test('what is saturated lies in the outermost bars, and nothing is lost', () => {
  const { histogram, n } = preActivationsOf('tanh', 'rnn', layer({ hidden: [1, -1, 1.0000001, 0.99999994] }))!;
  expect(histogram.counts[0]).toBe(1);
  expect(histogram.counts.at(-1)).toBe(3);
  expect(n).toBe(4);
});

test('cells without such a function have none', () => {
  expect(preActivationsOf('sigmoid', 'rnn', layer({ hidden: [0] }))).toBeNull();
  expect(preActivationsOf('tanh', 'dnn', layer({ hidden: [0] }))).toBeNull();
  expect(preActivationsOf('relu', 'lstm', layer({}))).toBeNull();
});
