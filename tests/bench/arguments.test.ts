import { describe, expect, it } from 'vitest';
import { isAskedFor, parseRequest, WrongUsage } from '../../bench/arguments.ts';

describe('parseRequest', () => {
  it('takes a name, words, a format and a number of measurements, in any order', () => {
    expect(parseRequest(['train'])).toEqual({
      name: 'train',
      format: 'table',
      request: { words: [], samples: null },
    });
    expect(parseRequest(['--json', 'train', 'LSTM', '--samples', '5', '128'])).toEqual({
      name: 'train',
      format: 'json',
      request: { words: ['lstm', '128'], samples: 5 },
    });
    expect(parseRequest(['infer', '--markdown']).format).toBe('markdown');
  });

  it.each([
    [[], /name of a benchmark/],
    [['train', '--json', '--markdown'], /exclude each other/],
    [['train', '--samples', 'many'], /whole number from 1, not many/],
    [['train', '--samples', '0'], /whole number/],
    [['train', '--samples', '2.5'], /whole number/],
    [['train', '--fast'], /--fast/],
  ])('refuses %j', (argv, words) => {
    expect(() => parseRequest(argv)).toThrow(WrongUsage);
    expect(() => parseRequest(argv)).toThrow(words);
  });
});

describe('isAskedFor', () => {
  const asks = (name: string, ...words: string[]) => isAskedFor(name, { words, samples: null });

  it('wants every word, in any order and case', () => {
    expect(asks('LSTM, 128 units')).toBe(true);
    expect(asks('LSTM, 128 units', '128', 'lstm')).toBe(true);
    expect(asks('LSTM, 128 units', 'lstm', '64')).toBe(false);
  });

  it('takes the beginning of a word, not its middle', () => {
    expect(asks('LSTM, 128 units', '12')).toBe(true);
    expect(asks('LSTM, 128 units', '28')).toBe(false);
  });
});
