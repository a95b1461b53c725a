import { describe, expect, test } from 'vitest';
import type { TestedClip } from '#shared/contract/inspect.ts';
import { counterpartsOf } from '#renderer/rooms/inspect/clip/counterparts.ts';
import { decisionOf, worthACurve } from '#renderer/rooms/inspect/clip/decision.ts';
import { insideFigure } from '#renderer/rooms/inspect/clip/figure.ts';
import { orderUnits, peakOf } from '#renderer/rooms/inspect/clip/order.ts';
import { rangeOf } from '#renderer/rooms/inspect/clip/scale.ts';
import { sharesOf } from '#renderer/rooms/inspect/clip/shares.ts';
import { readRoute } from '#renderer/rooms/inspect/route.ts';

/** [frames, units], as a layer gives it, of units written one after the other. */
function heat(...units: number[][]) {
  const frames = units[0].length;
  const values = new Float32Array(frames * units.length);
  units.forEach((row, unit) => row.forEach((value, t) => (values[t * units.length + unit] = value)));
  return { values, frames, units: units.length };
}

describe('the order of units', () => {
  const layer = heat([0, 0.1, 0.9, 0], [-0.8, 0, 0, 0.1], [0, 0.1, 0.8, 0.1], [0, 0.6, 0, 0]);

  test('by number, and by the frame at which each is farthest from 0', () => {
    expect([...orderUnits('unit', layer)]).toEqual([0, 1, 2, 3]);
    expect([0, 1, 2, 3].map((unit) => peakOf(layer, unit))).toEqual([2, 0, 2, 1]);
    expect([...orderUnits('peak', layer)]).toEqual([1, 3, 0, 2]);
  });

  test('alike: those that run together lie together', () => {
    const order = [...orderUnits('alike', layer)];
    expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBe(1);
  });
});

describe('when a network made up its mind', () => {
  const course = {
    ends: Float32Array.of(2, 4, 6, 8),
    probabilities: [
      Float32Array.of(0.6, 0.2, 0.6, 0.7),
      Float32Array.of(0.3, 0.75, 0.3, 0.2),
      Float32Array.of(0.1, 0.1, 0.1, 0.1),
    ],
    start: 0.5,
    hop: 0.1,
  };

  test('is from where on it never says anything else', () => {
    const { seconds, ...decision } = decisionOf(course);
    expect(decision).toEqual({ answer: 0, frames: 6 });
    expect(seconds).toBeCloseTo(1, 9);
  });

  test('classes worth a curve are those asked for, then those that were likely at any time', () => {
    expect(worthACurve(course, [2], 2)).toEqual([2, 1]);
    expect(worthACurve(course, [0, 0], 4)).toEqual([0, 1, 2]);
  });
});

test('shares of gates and squashed values; what has no bounds has none', () => {
  expect(sharesOf('gate', Float32Array.of(0, 0.05, 0.5, 1))).toMatchObject({
    low: 0.5,
    between: 0.25,
    high: 0.25,
    n: 4,
  });
  expect(sharesOf('squashed', Float32Array.of(-1, 0, 0.2, 0.95))).toMatchObject({
    low: 0.25,
    between: 0.5,
    high: 0.25,
  });
  expect(sharesOf('unbounded', Float32Array.of(1))).toBeNull();
});

test('ranges are fixed where there are bounds, else symmetric about 0', () => {
  expect(rangeOf('gate', Float32Array.of(0.4))).toEqual({ low: 0, high: 1 });
  expect(rangeOf('unbounded', Float32Array.of(-3, 2))).toEqual({ low: -3, high: 3 });
  expect(rangeOf('positive', Float32Array.of(0.5, 2))).toEqual({ low: 0, high: 2 });
});

test.each([
  ['/inspect', null, null],
  ['/inspect/12', 12, null],
  ['/inspect/12/345', 12, 345],
  ['/inspect/0/1', null, null],
  ['/inspect/12/x', null, null],
])('the address %s', (address, comparison, clip) => {
  expect(readRoute(address)).toEqual({ comparison, clip });
});

test('a figure names its lanes, and lets no text out of its place', () => {
  const { svg, height } = insideFigure({
    title: 'a <b> & "c"',
    parameters: 'seed 0',
    duration: 2,
    lanes: [
      { name: 'Gate', notes: ['0 to 1'], height: 80, pixels: { href: 'data:,', from: 0, to: 1, sharp: true } },
      {
        name: 'Curve',
        notes: [],
        height: 50,
        curves: [
          {
            name: 'nine',
            colour: '#000',
            dash: '1 2',
            points: [
              [0, 0],
              [1, 1],
            ],
          },
        ],
      },
    ],
  });
  expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot;');
  expect(svg).toContain('>Gate<');
  expect(svg.match(/<polyline points="190,\S+ 1184,\S+"/)).not.toBeNull();
  expect(height).toBeGreaterThan(190);
});

describe('clips to lay beside one', () => {
  const clip = (id: number, speaker: string, truth: string, predicted: string, missing = false): TestedClip => ({
    ...{ clip: id, file: `${id}.wav`, speaker, duration: 1, missing, truth },
    said: [{ run: 7, cell: 'gru', predicted, probability: 0.5 }],
  });
  const clips = [
    clip(1, 'a', 'nine', 'five'),
    clip(2, 'b', 'nine', 'nine'),
    clip(3, 'a', 'nine', 'nine'),
    clip(4, 'a', 'five', 'five'),
    clip(5, 'a', 'nine', 'nine', true),
    clip(6, 'b', 'nine', 'one'),
  ];

  test('of a mistake are those of its label that were got right, the same speaker first', () => {
    const found = counterpartsOf(clips, clips[0], 7);
    expect(found.right).toBe(true);
    expect(found.clips.map((one) => one.clip)).toEqual([3, 2]);
  });

  test('of what was got right are the mistakes', () => {
    const found = counterpartsOf(clips, clips[1], 7);
    expect(found.right).toBe(false);
    expect(found.clips.map((one) => one.clip)).toEqual([6, 1]);
    expect(counterpartsOf(clips, clips[3], 7).clips).toEqual([]);
  });
});
