import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELLS } from '#shared/domain/model-spec.ts';
import { compareHref, parseCompareRoute, type CompareRoute } from '../../../src-renderer/rooms/compare/route.ts';

const id = fc.integer({ min: 1, max: 1e9 });
const label = fc.option(fc.string({ minLength: 1, unit: 'grapheme' }), { nil: null });
const place = fc.record({
  cell: fc.constantFrom(...CELLS),
  seed: fc.option(fc.nat(1000), { nil: null }),
  truth: label,
  predicted: label,
  clip: fc.option(id, { nil: null }),
});
const route: fc.Arbitrary<CompareRoute> = fc.oneof(
  fc.constant<CompareRoute>({ view: 'start', dataset: null, from: null }),
  id.map((dataset): CompareRoute => ({ view: 'start', dataset, from: null })),
  id.map((from): CompareRoute => ({ view: 'start', dataset: null, from })),
  fc.array(id, { minLength: 2, maxLength: 5 }).map((comparisons): CompareRoute => ({ view: 'diff', comparisons })),
  fc.record({ view: fc.constant('comparison' as const), comparison: id, place: fc.option(place, { nil: null }) }),
);

describe('the address of the room', () => {
  it('leads back to the same place, whatever the labels hold', () => {
    fc.assert(
      fc.property(route, (there) => {
        // A browser keeps the hash of a URL as it is written here.
        const url = new URL('http://lab/');
        url.hash = compareHref(there);
        expect(parseCompareRoute(url.hash.slice(1))).toEqual(there);
      }),
    );
  });

  it('keeps a label that looks like "any" apart from any', () => {
    const there = { cell: 'gru', seed: null, truth: '*', predicted: null, clip: null } as const;
    const path = compareHref({ view: 'comparison', comparison: 3, place: there });
    expect(path).toBe('/compare/3/gru/*/%2A/*');
    expect(parseCompareRoute(path)).toEqual({ view: 'comparison', comparison: 3, place: there });
  });

  it.each([
    ['/compare', { view: 'start', dataset: null, from: null }],
    ['/compare/', { view: 'start', dataset: null, from: null }],
    ['/compare/new/4', { view: 'start', dataset: 4, from: null }],
    ['/compare/nonsense', { view: 'start', dataset: null, from: null }],
    ['/compare/diff/3', { view: 'start', dataset: null, from: null }],
    ['/compare/7/perceptron/0', { view: 'comparison', comparison: 7, place: null }],
    ['/compare/7/rnn/%E0%A4%A/x/y', { view: 'comparison', comparison: 7, place: { cell: 'rnn', seed: null, truth: 'x', predicted: 'y', clip: null } }], // prettier-ignore
  ])('reads %s as well as it can', (path, expected) => {
    expect(parseCompareRoute(path)).toEqual(expected);
  });
});
