import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { LayerLikes } from '#main/inspection/likes/layer-likes.ts';
import { peaksOf } from '#main/inspection/likes/peaks.ts';
import { selectivityOf } from '#main/inspection/likes/selectivity.ts';
import { signalsOf } from '#main/inspection/signals.ts';
import { hasTwoSigns } from '#shared/domain/likes.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import { describeBackends } from '../../engine/backends-here.ts';
import { madeClip, madeNetwork } from '../made-network.ts';

const FRAMES = [12, 3, 20, 7, 1, 20];
const LABELS = ['a', 'b', 'a', 'c', 'b', 'a'];

describeBackends('what units like', () => {
  test.each(['lstm', 'gru', 'rnn', 'dnn'] as const)(
    '%s: as found by looking through every frame of every clip',
    (cell) => {
      const network = madeNetwork({ cell, hiddenSize: 6, numLayers: 2, bidirectional: true });
      const clips = FRAMES.map((frames, seed) => madeClip(frames, { seed }));
      for (const kind of SIGNALS[cell])
        for (const reverse of cell === 'dnn' ? [false] : [false, true]) {
          const place = { layer: 1, reverse, signal: kind.id };
          const sizeOf = hasTwoSigns(kind) ? Math.abs : (value: number) => value;
          const likes = new LayerLikes(LABELS, sizeOf);
          // In two batches whose clips are in another order than the list.
          for (const places of [
          [4, 1, 3],
          [0, 2, 5],
        ])
          likes.add(places, peaksOf(network, places.map((at) => clips[at]), place)); // prettier-ignore
          expect([likes.units, likes.clips]).toEqual([6, 6]);
          for (let unit = 0; unit < 6; unit++) {
            const plain = clips.map((clip, at) => {
              const { names, values, frames, units } = signalsOf(network, clip, place);
              const series = Array.from({ length: frames }, (_, t) => values[(names.indexOf(kind.id) * frames + t) * units + unit]); // prettier-ignore
              const frame = series.reduce((best, value, t) => (sizeOf(value) > sizeOf(series[best]) ? t : best), 0);
              return { place: at, frame, value: series[frame] };
            });
            const expected = plain.toSorted((a, b) => sizeOf(b.value) - sizeOf(a.value)).slice(0, 4);
            likes.momentsOf(unit, 4).forEach((moment, rank) => {
              expect(Math.abs(moment.value - expected[rank].value)).toBeLessThan(1e-5);
              // Where two are equally strong either may be named.
              expect(Math.abs(plain[moment.place].value - moment.value)).toBeLessThan(1e-5);
            });
            const means = likes.classesOf(unit);
            expect(means.map(({ label }) => label).toSorted()).toEqual(['a', 'b', 'c']);
            for (const { label, mean, n } of means) {
              const own = plain.filter((_, at) => LABELS[at] === label).map(({ value }) => sizeOf(value));
              expect(n).toBe(own.length);
              expect(mean).toBeCloseTo(own.reduce((a, b) => a + b, 0) / n, 5);
            }
            expect(means.map(({ mean }) => mean)).toEqual(means.map(({ mean }) => mean).toSorted((a, b) => b - a));
          }
        }
      network.model.dispose();
    },
  );

  test('the frame is that of the strongest value, never one of the padding', () => {
    const network = madeNetwork({ cell: 'lstm', hiddenSize: 5 });
    const [short, long] = [madeClip(4, { seed: 8 }), madeClip(40, { seed: 9 })];
    const together = peaksOf(network, [short, long], { layer: 0, reverse: false, signal: 'cell' });
    const alone = peaksOf(network, [short], { layer: 0, reverse: false, signal: 'cell' });
    expect([...together.frames.subarray(0, 5)]).toEqual([...alone.frames]);
    expect(Math.max(...together.frames.subarray(0, 5))).toBeLessThan(4);
    network.model.dispose();
  });

  test('a layer or signal that is not there is said so, and no tensors stay behind', () => {
    const network = madeNetwork({ cell: 'gru', hiddenSize: 4 });
    const before = tf.memory().numTensors;
    const ask = (layer: number, signal: string) => () =>
      peaksOf(network, [madeClip(5)], { layer, reverse: false, signal });
    expect(ask(1, 'hidden')).toThrow('no such layer');
    expect(ask(0, 'forget')).toThrow('no signal "forget"');
    ask(0, 'update')();
    expect(tf.memory().numTensors).toBe(before);
    network.model.dispose();
  });
});

describe('selectivity', () => {
  test.each([
    [[0.9, 0.3, 0.1], (0.9 - 0.2) / (0.9 + 0.2)],
    [[0.4, 0.4], 0],
    [[0.4, 0, 0], 1],
    [[0, 0], 0],
    [[0.7], null],
  ])('of means %j is %d', (means, expected) => {
    const found = selectivityOf(means);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, 12);
  });
});
