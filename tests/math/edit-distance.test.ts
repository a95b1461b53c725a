import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, labelErrorRate } from '#shared/math/edit-distance.ts';

/** All ways to turn one into the other, tried one after another: the shortest, and the most substitutions among these. */
function tried(reference: string, hypothesis: string): { distance: number; substitutions: number } {
  if (reference === '' || hypothesis === '')
    return { distance: reference.length + hypothesis.length, substitutions: 0 };
  const [r, h] = [reference.slice(1), hypothesis.slice(1)];
  const differ = reference[0] === hypothesis[0] ? 0 : 1;
  const both = tried(r, h);
  const ways = [
    { distance: both.distance + differ, substitutions: both.substitutions + differ },
    ...[tried(r, hypothesis), tried(reference, h)].map((way) => ({ ...way, distance: way.distance + 1 })),
  ];
  return ways.sort((a, b) => a.distance - b.distance || b.substitutions - a.substitutions)[0];
}

describe('edit distance', () => {
  it.each([
    ['', '', 0, 0, 0],
    ['abc', 'abc', 0, 0, 0],
    ['kitten', 'sitting', 2, 1, 0],
    ['abc', '', 0, 0, 3],
    ['', 'ab', 0, 2, 0],
    ['abcd', 'bcde', 0, 1, 1],
    ['ab', 'ba', 2, 0, 0],
    ['intention', 'execution', 5, 0, 0],
  ])('from "%s" to "%s": %i substitutions, %i insertions, %i deletions', (reference, hypothesis, s, i, d) => {
    expect(editDistance(reference, hypothesis)).toEqual({
      ...{ distance: s + i + d, substitutions: s, insertions: i, deletions: d },
    });
  });

  it('is the shortest of all ways, with counts that add up', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, (reference, hypothesis) => {
        const { distance, substitutions, insertions, deletions } = editDistance(reference, hypothesis);
        expect({ distance, substitutions }).toEqual(tried(reference, hypothesis));
        expect(substitutions + insertions + deletions).toBe(distance);
        expect(insertions - deletions).toBe(hypothesis.length - reference.length);
        expect(Math.min(insertions, deletions)).toBeGreaterThanOrEqual(0);
        const back = editDistance(hypothesis, reference);
        expect(back).toEqual({ distance, substitutions, insertions: deletions, deletions: insertions });
      }),
    );
  });
});

describe('label error rate', () => {
  it('is all edits over all labels, not a mean of rates', () => {
    const errors = labelErrorRate([
      { reference: [1, 2, 3, 4], hypothesis: [1, 3, 4] },
      { reference: [5], hypothesis: [6, 7] },
    ]);
    expect(errors).toEqual({ distance: 3, substitutions: 1, insertions: 1, deletions: 1, labels: 5, rate: 0.6 });
  });

  it('is 0 of nothing, and Infinity for what was heard in nothing', () => {
    expect(labelErrorRate([]).rate).toBe(0);
    expect(labelErrorRate([{ reference: [], hypothesis: [] }]).rate).toBe(0);
    expect(labelErrorRate([{ reference: [], hypothesis: [1] }]).rate).toBe(Infinity);
  });
});
