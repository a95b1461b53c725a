import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildReport } from '#main/reports/build.ts';
import { renderHtml } from '#main/reports/html.ts';
import { reportSource } from '../support/report-fixture.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=https://evil.example/x onerror=alert(1)>',
  "it's & <b>",
  'שלום',
  '你好',
];
let html: string;

beforeAll(async () => {
  const source = reportSource({
    name: '</title><script>alert(2)</script>',
    dataset: '<iframe src="https://evil.example">',
    classes: HOSTILE,
    speakers: ['<i>ann</i>', 'bob'],
    errorRate: { rnn: 0.3 },
    leaks: '<u>one</u> speaker leaks.',
  });
  source.comparison.skipped = [{ file: '<s>.wav', reason: 'not <sound>' }];
  source.comparison.tests[0].words = '<em>chance</em>';
  html = renderHtml(await buildReport(source));
});

/** Tags with their attributes, as written. */
const tags = () => [...html.matchAll(/<([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)];

describe('the HTML report', () => {
  test('asks for nothing from outside', () => {
    const addresses = tags().flatMap(([, , attributes]) =>
      [...attributes.matchAll(/\s(src|href|action|poster|srcset|data)="([^"]*)"/g)].map((m) => m[2]),
    );
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses)
      expect(address).toMatch(/^(#[a-z]+$|data:(audio\/wav|image\/png);base64,[\w+/=]+$)/);
    expect(html).not.toMatch(/url\(|@import|<link|<object|<embed|<base/i);
  });

  test('holds no script, and no markup that came with the data', () => {
    const names = new Set(tags().map(([, tag]) => tag));
    for (const tag of ['script', 'iframe', 'img', 'i', 'u', 's', 'em']) expect(names).not.toContain(tag);
    const attributeNames = tags().flatMap(([, , attributes]) =>
      [...attributes.matchAll(/([\w:-]+)="[^"]*"/g)].map((match) => match[1]),
    );
    expect(attributeNames.filter((attribute) => /^on|^style$/.test(attribute))).toEqual([]);
    for (const text of [
      '&lt;script&gt;alert(1)',
      '&lt;iframe',
      '&lt;i&gt;ann',
      '&lt;u&gt;one',
      '&lt;s&gt;.wav',
      '&lt;em&gt;chance',
      '你好',
      '\u2068שלום\u2069',
    ])
      expect(html).toContain(text);
  });

  test('allows itself its own style and nothing else', () => {
    const style = /<style>(.*?)<\/style>/s.exec(html)![1];
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)![1].replaceAll('&#39;', "'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(policy).not.toContain('unsafe');
  });

  test('carries the sound and the picture of each misclassified clip', () => {
    const cards = html.split('<h3>Truth: ').length - 1;
    const sounds = [...html.matchAll(/<audio [^>]*src="data:audio\/wav;base64,([^"]+)"/g)];
    expect(cards).toBeGreaterThan(10);
    expect(sounds).toHaveLength(cards);
    for (const [, base64] of sounds) {
      const wav = Buffer.from(base64, 'base64');
      expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
      expect(wav.readUInt32LE(24)).toBe(8000);
      expect(wav.length).toBe(44 + 2 * 0.45 * 8000);
    }
    expect(html.match(/data:image\/png;base64,/g)).toHaveLength(cards);
  });

  test('its contents lead somewhere, and every part is closed', () => {
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]));
    for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor);
    for (const tag of ['section', 'table', 'figure', 'svg', 'details', 'ul', 'div', 'li', 'p', 'span'])
      expect(html.split(new RegExp(`<${tag}[ >]`)).length, tag).toBe(html.split(`</${tag}>`).length);
  });
});
