import { describe, expect, test } from 'vitest';
import { likesCsv, likesFigure } from '#renderer/rooms/inspect/likes/save-likes.ts';
import { selectivityWords, strengthWords } from '#renderer/rooms/inspect/likes/words.ts';
import type { UnitLikes } from '#shared/domain/likes.ts';
import { SIGNALS } from '#shared/domain/signal.ts';

const likes = (selectivity: number | null, mean = 0.5): UnitLikes => ({
  ...{ run: 1, cell: 'lstm', seed: 0, parts: ['test'], layer: 0, reverse: true, signal: 'hidden', unit: 3 },
  ...{ units: 8, clips: 4, leftOut: [], selectivity },
  classes: [
    { label: 'yes', mean, n: 2 },
    { label: 'no', mean: 0.1, n: 2 },
  ],
  moments: [
    { clip: 1, file: 'a, b.wav', version: 'x', speaker: null, truth: 'yes', duration: 1, value: -0.9, time: 0.25 },
    { clip: 2, file: 'c.wav', version: 'y', speaker: 'theo', truth: 'no', duration: 1, value: 0.2, time: 0.5 },
  ],
});

describe('what a unit likes, in words', () => {
  test.each([
    [0.05, 'It answers to all classes about alike (selectivity 0.050). 1 of its 2 strongest moments are in “yes”.'],
    [
      0.2,
      'It answers somewhat more to “yes” than to the others (selectivity 0.20). 1 of its 2 strongest moments are in “yes”.',
    ],
    [0.8, 'It answers to “yes” above all (selectivity 0.80). 1 of its 2 strongest moments are in “yes”.'],
  ])('selectivity %d', (selectivity, words) => {
    expect(selectivityWords(likes(selectivity))).toBe(words);
  });

  test('of one class, and of a unit that is always 0', () => {
    expect(selectivityWords(likes(null))).toMatch(/^There is one class only/);
    expect(selectivityWords(likes(0, 0))).toMatch(/^It never answers/);
  });

  test('gates count by their value, states by its size', () => {
    const words = SIGNALS.lstm.map((signal) => [signal.id, strengthWords(signal)]);
    expect(Object.fromEntries(words)).toEqual({
      ...{ forget: 'value', input: 'value', output: 'value' },
      ...{ candidate: '|value|', cell: '|value|', hidden: '|value|' },
    });
  });

  test('as CSV, a row a moment', () => {
    expect(likesCsv(likes(0.8)).split('\r\n')).toEqual([
      'cell,seed,layer,direction,signal,unit,rank,value,label,time_s,file,speaker',
      'lstm,0,1,backwards,hidden,3,1,-0.9,yes,0.2500,"a, b.wav",',
      'lstm,0,1,backwards,hidden,3,2,0.2,no,0.5000,c.wav,theo',
      '',
    ]);
  });

  test('as a picture, a bar a class from 0 up', () => {
    const { svg } = likesFigure(likes(0.8));
    const widths = [...svg.matchAll(/<rect x="150"[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toHaveLength(2);
    expect(widths[1] / widths[0]).toBeCloseTo(0.1 / 0.5, 2);
    expect(svg).toContain('0.500 (n = 2)');
  });
});
