import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freePath, safeName } from '#main/audio/file-names.ts';
import { temporaryFolder } from '../support/lab.ts';

test.each([
  ['six', 'six'],
  ['zwölf', 'zwölf'],
  ['a/b\\c: d', 'a_b_c_d'],
  ['..', 'clip'],
  ['../../etc/passwd', 'etc_passwd'],
  ['', 'clip'],
  ['???', 'clip'],
  ['CON', 'CON_'],
  ['nul.txt', 'nul.txt_'],
  ['.hidden', 'hidden'],
])('"%s" is the file name "%s"', (word, name) => expect(safeName(word)).toBe(name));

test('a name is never a way out of its folder, whatever the word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (word) => {
      const name = safeName(word);
      expect(path.basename(name)).toBe(name);
      expect(name).toMatch(/^[\p{L}\p{N}_-]/u);
      expect(safeName(name)).toBe(name);
    }),
  );
});

test('a name that is taken, on disk or just given out, gets a number', () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'six.wav'), '');
  const taken = new Set<string>();
  const names = ['six', 'six', 'seven', 'Seven'].map((stem) => path.basename(freePath(folder, stem, 'wav', taken)));
  expect(names).toEqual(['six-2.wav', 'six-3.wav', 'seven.wav', 'Seven-2.wav']);
});
