import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MeanMargins } from '#main/experiments/suspects/margins.ts';
import { accuracyOf, rankSuspects } from '#main/experiments/suspects/score.ts';
import { Random } from '#shared/math/random.ts';

/** Seeds that say the same while they learn as in the end, of clips they are not given; of those they are given nothing is known. */
function testimony(given: Int32Array, seeds: Float32Array[], classes: number) {
  const [seen, unseen] = [new MeanMargins(given), new MeanMargins(given)];
  for (const seed of seeds)
    given.forEach((_, clip) => unseen.add(clip, seed.subarray(clip * classes, (clip + 1) * classes)));
  return { given, classes, seeds, seen, unseen };
}

/** Probabilities of a judge who knows the true classes, with some noise. */
function judged(truth: Int32Array, classes: number, seed: number): Float32Array {
  const random = new Random(seed, 'judge');
  const out = new Float32Array(truth.length * classes);
  truth.forEach((label, clip) => {
    const row = Array.from({ length: classes }, (_, name) => (name === label ? 4 : 0) + random.normal());
    const total = row.reduce((sum, value) => sum + Math.exp(value), 0);
    row.forEach((value, name) => (out[clip * classes + name] = Math.exp(value) / total));
  });
  return out;
}

describe('suspect labels', () => {
  it('puts planted wrong labels first', () => {
    const random = new Random(5, 'labels');
    const truth = Int32Array.from({ length: 1000 }, () => random.below(6));
    const given = truth.slice();
    const planted = new Set<number>();
    while (planted.size < 20) {
      const clip = random.below(given.length);
      if (planted.has(clip)) continue;
      planted.add(clip);
      given[clip] = (truth[clip] + 1 + random.below(5)) % 6;
    }
    const seeds = [1, 2, 3].map((seed) => judged(truth, 6, seed));
    const ranked = rankSuspects(testimony(given, seeds, 6));
    const first = ranked.slice(0, 20);
    expect(first.filter(({ index }) => planted.has(index)).length).toBeGreaterThanOrEqual(19);
    for (const { index, likely, against } of first)
      if (planted.has(index)) {
        expect(likely).toBe(truth[index]);
        expect(against).toBeGreaterThan(0);
      }
    expect(accuracyOf(ranked)).toBeCloseTo(0.98, 1);
  });

  it('takes means over seeds, and counts the seeds against', () => {
    const seeds = [Float32Array.of(0.5, 0.25, 0.25), Float32Array.of(0.25, 0.75, 0)];
    expect(rankSuspects(testimony(Int32Array.of(0), seeds, 3))).toEqual([
      { index: 0, givenProbability: 0.375, likely: 1, likelyProbability: 0.5, against: 1 },
    ]);
  });

  it('puts what is surely another class before what is nothing at all, and that before what is right', () => {
    const seeds = [
      Float32Array.from([
        ...[0.3, 0.7, 0, 0, 0], // another class
        ...[0.25, 0.25, 0.2, 0.15, 0.15], // nothing
        ...[0.6, 0.4, 0, 0, 0], // doubtful, but right
        ...[0.9, 0.1, 0, 0, 0],
      ]),
    ];
    const ranked = rankSuspects(testimony(new Int32Array(4), seeds, 5));
    expect(ranked.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it('puts what is learnt late before what is learnt at once, where those that have not seen it say the same', () => {
    const given = new Int32Array(3);
    const said = testimony(given, [new Float32Array(9).fill(1 / 3)], 3);
    const course = [
      [0.4, 0.9],
      [0.1, 0.8],
      [0.9, 0.9],
    ];
    course.forEach((epochs, clip) => {
      for (const probability of epochs) said.seen.add(clip, Float32Array.of(probability, 1 - probability, 0));
    });
    expect(rankSuspects(said).map(({ index }) => index)).toEqual([1, 0, 2]);
  });

  it('never calls the label given the likely one, and ranks every clip once', () => {
    const probabilities = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(probabilities, fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }), (values, labels) => {
        const ranked = rankSuspects(testimony(Int32Array.from(labels), [Float32Array.from(values)], 3));
        expect(ranked.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3]);
        for (const { index, likely } of ranked) expect(likely).not.toBe(labels[index]);
      }),
    );
  });
});
