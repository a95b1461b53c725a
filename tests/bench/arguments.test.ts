import { describe, expect, it } from 'vitest';
import { asked, parseRequest, WrongUsage } from '../../bench/arguments.ts';

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

describe('asked', () => {
  const names = ['LSTM, 128 units', 'LSTM, 128 units, FSDD lengths', 'GRU, 64 units, 2,500 clips'];
  const items = names.map((name) => ({ name }));
  const asks = (...words: string[]) => asked(items, { words, samples: null }).map(({ name }) => names.indexOf(name));

  it('takes all where no word is given', () => {
    expect(asks()).toEqual([0, 1, 2]);
  });

  it('wants every word, in any order', () => {
    expect(asks('units', 'lstm')).toEqual([0, 1]);
    expect(asks('lstm', 'fsdd')).toEqual([1]);
    expect(asks('lstm', '64')).toEqual([]);
  });

  it('takes the beginning of a word, not its middle', () => {
    expect(asks('12')).toEqual([0, 1]);
    expect(asks('28')).toEqual([]);
  });

  it('takes what is called exactly so for that alone, commas or not', () => {
    expect(asks('lstm, 128 units')).toEqual([0]);
    expect(asks('lstm', '128', 'units')).toEqual([0]);
    expect(asks('gru', '2,500')).toEqual([2]);
  });
});
