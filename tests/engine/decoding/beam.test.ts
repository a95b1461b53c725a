import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { forcedAlignment } from '#main/engine/decoding/alignment.ts';
import { prefixBeamSearch, type Scorer } from '#main/engine/decoding/beam.ts';
import { ctcLoss } from '#main/engine/losses/ctc.ts';
import { everySpelling, randomLogits } from '../every-path.ts';

const EVERYTHING = 10_000;

/** Likes even labels, and short sequences. */
const scorer: Scorer = (prefix, label) => (label % 2 === 0 ? 0.5 : -0.3) - 0.2 * prefix.length;

describe('prefix beam search', () => {
  it('with room for all prefixes gives every label sequence its sum over all paths, best first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 2, max: 4 }),
        fc.nat(),
        fc.boolean(),
        fc.nat(),
        (time, classes, at, scored, seed) => {
          const blank = at % classes;
          const logits = randomLogits(time * classes, seed);
          const bonus = (labels: number[]) =>
            scored ? labels.reduce((sum, label, i) => sum + scorer(labels.slice(0, i), label), 0) : 0;
          const expected = [...everySpelling(logits, classes, blank).values()]
            .map(({ labels, probability }) => ({
              labels,
              logProbability: Math.log(probability),
              score: Math.log(probability) + bonus(labels),
            }))
            .sort((a, b) => b.score - a.score);
          const options = { blank, beamWidth: EVERYTHING, nBest: EVERYTHING, ...(scored && { scorer }) };
          const found = prefixBeamSearch(logits, classes, options);
          expect(found.map(({ labels }) => labels)).toEqual(expected.map(({ labels }) => labels));
          found.forEach(({ labels, logProbability, score, spans }, i) => {
            expect(logProbability).toBeCloseTo(expected[i].logProbability, 9);
            expect(score).toBeCloseTo(expected[i].score, 9);
            expect(spans).toEqual(forcedAlignment(logits, classes, labels, { blank }).spans);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds what greedy decoding misses: many paths are likelier than the one best', () => {
    // Blank is likeliest in both frames, yet the label on one or both of them together is more.
    const logits = Float32Array.from([0.6, 0.4, 0.6, 0.4], Math.log);
    const [best, second] = prefixBeamSearch(logits, 2, { nBest: 2 });
    expect(best).toMatchObject({ labels: [1] });
    expect(Math.exp(best.logProbability)).toBeCloseTo(0.64, 6);
    expect(Math.exp(second.logProbability)).toBeCloseTo(0.36, 6);
  });

  it('is never above the exact sum, and nearer to it with a wider beam', async () => {
    await startBackend({ prefer: 'cpu' });
    const logits = randomLogits(60 * 8, 'long').map((value) => 3 * value);
    const missing = [1, 256].map((beamWidth) => {
      const [best, ...others] = prefixBeamSearch(logits, 8, { beamWidth, nBest: 4 });
      expect(others.length).toBe(Math.min(beamWidth, 4) - 1);
      const exact = -ctcLoss(tf.tensor3d(logits, [1, 60, 8]), [best.labels], { reduction: 'sum' }).dataSync()[0];
      return exact - best.logProbability;
    });
    for (const gap of missing) expect(gap).toBeGreaterThan(-1e-4);
    expect(missing[1]).toBeLessThan(missing[0]);
  });

  it('appends only the likeliest labels of a frame when told so', () => {
    const logits = Float32Array.of(0, 3, 2, 1, 0, 1, 2, 3);
    const labels = (topTokens: number) =>
      new Set(prefixBeamSearch(logits, 4, { beamWidth: 99, nBest: 99, topTokens }).map((one) => one.labels.join()));
    expect(labels(1)).toEqual(new Set(['', '1', '3', '1,3']));
    expect(labels(2)).toEqual(new Set(['', '1', '2', '3', '1,2', '1,3', '2,3']));
    expect(labels(3)).toEqual(labels(99));
  });

  it('asks the scorer once for each prefix and label, and never appends what it forbids', () => {
    const asked: string[] = [];
    const found = prefixBeamSearch(randomLogits(12 * 5, 'scorer'), 5, {
      nBest: 16,
      scorer: (prefix, label) => {
        asked.push([...prefix, label].join());
        return label === 2 ? -Infinity : 0;
      },
    });
    expect(new Set(asked).size).toBe(asked.length);
    expect(found.length).toBe(16);
    expect(found.some(({ labels }) => labels.includes(2))).toBe(false);
  });

  it('keeps to what is possible', () => {
    const logits = Float32Array.of(-Infinity, 1, -Infinity, -Infinity, 0, 0);
    const found = prefixBeamSearch(logits, 3, { nBest: 99 });
    expect(found.map(({ labels }) => labels).sort()).toEqual([[1], [1, 2]]);
  });

  it('refuses what makes no sense', () => {
    const logits = new Float32Array(6);
    expect(() => prefixBeamSearch(logits, 3, { beamWidth: 0 })).toThrow(/beamWidth is 0/);
    expect(() => prefixBeamSearch(logits, 3, { nBest: 1.5 })).toThrow(/nBest is 1.5/);
    expect(() => prefixBeamSearch(logits, 4)).toThrow(/6 outputs/);
  });
});
