import { expect, it } from 'vitest';
import { sheet } from '#renderer/parts/figure/sheet.ts';
import { wrapped } from '#renderer/parts/figure/svg.ts';

it.each([
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 6, ['one', 'two', 'three']],
  ['incomprehensible one', 5, ['incomprehensible', 'one']],
  ['', 5, ['']],
])('breaks %o into lines of %d', (words, most, lines) => expect(wrapped(words, most)).toEqual(lines));

it('a sheet is the taller the longer its title and notes are', () => {
  const of = (title: string, note: string) =>
    sheet({ title, legend: '', legendHeight: 8, drawing: '<g/>', width: 900, height: 400, notes: [note] });
  const long = 'many words '.repeat(20);
  const { height } = of('Short', 'short');
  expect(of(long, 'short').height).toBeGreaterThan(height);
  expect(of('Short', long).height).toBeGreaterThan(height);
  expect(of('Short', 'short').svg).toContain('<g/>');
});
