import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOMS } from '#renderer/app/rooms.tsx';
import { GUIDE } from '#renderer/rooms/guide/pages.ts';

const FOLDER = path.join(import.meta.dirname, '../../../resources/guide');

describe.each(GUIDE)('$id', ({ id, title }) => {
  const text = readFileSync(path.join(FOLDER, `${id}.md`), 'utf8');

  test('begins with its title', () => {
    expect(text.split('\n')[0]).toBe(`# ${title}`);
  });

  test('has its pictures in both colour schemes, each with words for those who cannot see it', () => {
    const pictures = [...text.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
    expect(pictures.length).toBeGreaterThan(0);
    for (const [, words, file] of pictures) {
      expect(words.length).toBeGreaterThan(20);
      for (const name of [file, file.replace(/\.webp$/, '.dark.webp')])
        expect(existsSync(path.join(FOLDER, name)), name).toBe(true);
    }
  });

  test('leads to rooms that there are', () => {
    const links = [...text.matchAll(/(?<!!)\[[^\]]+\]\(([^)]+)\)/g)].map(([, link]) => link);
    for (const link of links.filter((one) => one.startsWith('#')))
      expect(
        ROOMS.some(({ path: room }) => link.startsWith(`#${room}`)),
        link,
      ).toBe(true);
  });
});
