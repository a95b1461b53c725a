import { describe, expect, test } from 'vitest';
import { buildReport } from '#main/reports/build.ts';
import { escapeMarkdown, renderMarkdown } from '#main/reports/markdown.ts';
import { reportSource } from '../support/report-fixture.ts';

describe('the Markdown report', () => {
  test.each([
    ['a|b', String.raw`a\|b`],
    ['<b>', '&lt;b&gt;'],
    ['[x](javascript:1)', String.raw`\[x\](javascript:1)`],
    ['- item', String.raw`\- item`],
    ['1. item', String.raw`\1. item`],
    ['# title', String.raw`\# title`],
    ['two\nlines', 'two lines'],
    ['*_`~', '\\*\\_\\`\\~'],
  ])('%j is text', (text, expected) => expect(escapeMarkdown(text)).toBe(expected));

  test('every table is whole and every picture is there', async () => {
    const source = reportSource({
      classes: ['a|b', '<script>x</script>', '![x](http://evil.example)', 'four'],
      errorRate: { rnn: 0.2 },
      seconds: 0.05,
    });
    const { text, pictures } = renderMarkdown(await buildReport(source), 'my report-figures');
    const links = [...text.matchAll(/!\[(?:[^\]\\]|\\.)*\]\(([^)]+)\)/g)].map((match) => match[1]);
    expect(links.filter((link) => link.startsWith('http'))).toEqual([]);
    expect(links.map((link) => decodeURIComponent(link)).sort()).toEqual(
      pictures.map(({ file }) => `my report-figures/${file}`).sort(),
    );
    expect(new Set(links).size).toBe(links.length);
    for (const { svg } of pictures) expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>$/s);
    expect(text).not.toContain('<script');
    const columns = (line: string) => line.replace(/\\\|/g, '').split('|').length;
    const lines = text.split('\n');
    lines.forEach((line, index) => {
      if (line.startsWith('|') && lines[index - 1]?.startsWith('|'))
        expect(columns(line), line).toBe(columns(lines[index - 1]));
    });
    expect(text).toContain('```json\n{');
  });
});
