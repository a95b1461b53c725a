import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  count,
  duration,
  list,
  name,
  number,
  percent,
  plural,
  pNumber,
  points,
  pValue,
  shorten,
  shortList,
} from '#main/reports/words.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('numbers in words', () => {
  test.each<[string, string]>([
    [percent(0), '0 %'],
    [percent(1), '100 %'],
    [percent(0.9), '90.0 %'],
    [percent(0.99987), '> 99.9 %'],
    [percent(0.0001), '< 0.1 %'],
    [percent(Number.NaN), '–'],
    [points(0.023), '2.3 percentage points'],
    [points(-0.01), '1.0 percentage point'],
    [points(0.0001), 'less than 0.1 percentage points'],
    [duration(0.4234), '0.42 s'],
    [duration(59.96), '1 min'],
    [duration(80), '1 min 20 s'],
    [duration(7500), '2 h 5 min'],
    [duration(7200), '2 h'],
    [number(0.0123456), '0.0123'],
    [number(88330), '88,330'],
    [number(1234.5), '1,235'],
    [plural(1, 'clip'), '1 clip'],
    [plural(0, 'clip'), '0 clips'],
    [plural(2, 'class', 'classes'), '2 classes'],
    [list([]), ''],
    [list(['a']), 'a'],
    [list(['a', 'b']), 'a and b'],
    [list(['a', 'b', 'c'], 'or'), 'a, b or c'],
    [shortList(['a', 'b', 'c', 'd'], 2), 'a, b and 2 others'],
    [shortList(['a', 'b', 'c'], 2), 'a, b and 1 other'],
    [pValue(0.0004), 'p < 0.001'],
    [pValue(0.3149), 'p = 0.31'],
    [pValue(0.999), 'p = 1'],
    [pNumber(0.05), '0.05'],
  ])('%j', (written, expected) => expect(plain(written)).toBe(expected));

  test('what is not all is never written as all', () =>
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (share) => {
        expect(plain(percent(share))).not.toMatch(/^(100(\.0)?|0(\.0)?) %$/);
      }),
    ));

  test('thousands are set apart and nothing else is changed', () =>
    fc.assert(
      fc.property(fc.nat(), (value) => {
        expect(count(value).replaceAll(',', '')).toBe(String(value));
      }),
    ));
});

describe('names', () => {
  test('right-to-left names are isolated, control characters made visible', () => {
    expect(name('שלום')).toBe('\u2068שלום\u2069');
    expect(name('evil\u202egnp.wav')).not.toContain('\u202e');
    expect(name('a\nb\u0000c')).toBe('a␣b␣c');
    expect(name('naïve 你好')).toBe('naïve 你好');
  });
  test('shortening keeps whole graphemes', () => {
    expect(shorten('abcdef', 4)).toBe('abc…');
    expect(shorten('👩‍👩‍👧‍👦x', 2)).toBe('👩‍👩‍👧‍👦x');
  });
});
