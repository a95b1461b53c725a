import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { serveStatic } from '#main/hosts/static-files.ts';
import { temporaryFolder } from '../support/lab.ts';

let folder: string;
beforeEach(() => {
  const outside = temporaryFolder();
  folder = path.join(outside, 'renderer');
  mkdirSync(path.join(folder, 'assets'), { recursive: true });
  writeFileSync(path.join(folder, 'index.html'), '<p>');
  writeFileSync(path.join(folder, 'assets/a-1.js'), '1');
  writeFileSync(path.join(folder, 'notes.txt'), 'of no known type');
  writeFileSync(path.join(outside, 'secret.js'), 'secret');
  symlinkSync(path.join(outside, 'secret.js'), path.join(folder, 'link.js'));
});

describe('serveStatic', () => {
  test('the page itself is asked for anew each time', async () => {
    const page = await serveStatic(folder, '/');
    expect(page).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
    expect(String(page.body)).toBe('<p>');
  });

  test('what has its content in its name is kept', async () => {
    const file = await serveStatic(folder, '/assets/a-1.js');
    expect(file).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
    expect(file.headers['cache-control']).toContain('immutable');
  });

  test.each([
    '/../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/..%5csecret.js',
    '/link.js',
    '/assets',
    '/notes.txt',
    '/missing.js',
    '/a%00.js',
    '/%ff.js',
    '//etc/passwd',
  ])('%s is not served', async (pathname) => {
    expect((await serveStatic(folder, pathname)).status).toBe(404);
  });
});
