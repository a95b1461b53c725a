import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  duration,
  frequency,
  memory,
  percent,
  plural,
  significant,
  splitPath,
  timecode,
} from '../../src-renderer/parts/format.ts';

/** Spaces of all kinds as plain ones, so that the expectations can be read. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers on the screen', () => {
  it.each([
    [0, '0'],
    [0.98342, '0.983'],
    [9.999, '10.0'],
    [99.96, '100'],
    [1234.5, '1230'],
    [105_829, '106 000'],
    [0.0012345, '0.00123'],
    [0.00001234, '1.23e−5'],
    [12_345_678, '1.23e7'],
    [-0.5, '−0.500'],
    [Number.NaN, '–'],
  ])('three significant digits of %d: %s', (value, words) => expect(plain(significant(value))).toBe(words));

  it.each([
    [0, '0'],
    [999, '999'],
    [3000, '3000'],
    [12_345, '12 345'],
    [1_234_567, '1 234 567'],
    [-54_321, '−54 321'],
  ])('counts %d as %s', (value, words) => expect(plain(count(value))).toBe(words));

  it.each([
    [0.412, '0.412 s'],
    [8.2, '8.20 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min'],
    [80, '1 min 20 s'],
    [3599.6, '1 h'],
    [3600 * 3 + 300, '3 h 5 min'],
    [3600 * 2 - 20, '2 h'],
  ])('a span of %d s: %s', (seconds, words) => expect(plain(duration(seconds))).toBe(words));

  it('never names sixty seconds or sixty minutes', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (seconds) => {
        expect(plain(duration(seconds))).not.toMatch(/\b60 (s|min)\b/);
      }),
    );
  });

  it('keeps three significant digits within half a unit of the last one', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 999_000, noNaN: true }), (value) => {
        const read = Number(plain(significant(value)).replaceAll(' ', ''));
        expect(Math.abs(read - value) / value).toBeLessThanOrEqual(0.005001);
      }),
    );
  });

  it('writes units as the field does', () => {
    expect(plain(frequency(440))).toBe('440 Hz');
    expect(plain(frequency(22_050))).toBe('22.05 kHz');
    expect(plain(frequency(16_000))).toBe('16 kHz');
    expect(plain(percent(0.98342))).toBe('98.3 %');
    expect(plain(percent(1))).toBe('100 %');
    expect(plain(bytes(999))).toBe('999 B');
    expect(plain(bytes(4_812_345))).toBe('4.81 MB');
    expect(plain(memory(412))).toBe('412 MiB');
    expect(plain(memory(2048))).toBe('2.00 GiB');
    expect(plain(plural(1, 'clip'))).toBe('1 clip');
    expect(plain(plural(0, 'class', 'classes'))).toBe('0 classes');
    expect(timecode(61.2345)).toBe('1:01.235');
    expect(timecode(59.9996)).toBe('1:00.000');
  });

  it('parts a path at its last separator, of either kind', () => {
    expect(splitPath('bed/3f_nohash_0.wav')).toEqual({ folder: 'bed/', name: '3f_nohash_0.wav' });
    expect(splitPath('C:\\sounds\\a.wav')).toEqual({ folder: 'C:\\sounds\\', name: 'a.wav' });
    expect(splitPath('a.wav')).toEqual({ folder: '', name: 'a.wav' });
  });
});
