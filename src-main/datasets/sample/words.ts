import type { PhoneName } from './phones.ts';

/**
 * The words, so chosen that order alone tells them apart. Within a family all have the same phones. `amis` is `sima`
 * backwards: also each phone's neighbours are the same, so that not even the sound between two phones says which it was.
 * `kota` is `tako` with its syllables changed about: there neighbours differ only across the stop's silence.
 */
export const WORDS: Readonly<Record<string, readonly PhoneName[]>> = {
  sima: ['s', 'i', 'm', 'a'],
  amis: ['a', 'm', 'i', 's'],
  misa: ['m', 'i', 's', 'a'],
  asim: ['a', 's', 'i', 'm'],
  lonu: ['l', 'o', 'n', 'u'],
  unol: ['u', 'n', 'o', 'l'],
  nolu: ['n', 'o', 'l', 'u'],
  ulon: ['u', 'l', 'o', 'n'],
  tako: ['tcl', 't', 'a', 'kcl', 'k', 'o'],
  kota: ['kcl', 'k', 'o', 'tcl', 't', 'a'],
};
