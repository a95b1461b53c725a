import path from 'node:path';
import { byName } from './by-name.ts';
import { wholeFile } from './importer.ts';

const NAME = /^([a-z]+)\.\d{5}\.\w+$/i;

/** GTZAN (Tzanetakis and Cook, 2002): a folder per genre, files named after it. It has no official parts and names no artists. */
export const gtzan = byName({
  layout: 'gtzan',
  looks: 'a folder per genre with files named GENRE.00000.wav, at the top or in genres/',
  score: 0.95,
  reason: 'files named GENRE.NNNNN in folders of their genres',
  refusal: 'It is not named GENRE.NNNNN in the folder of its genre.',
  read(file, root) {
    const genre = NAME.exec(path.posix.basename(file))?.[1].toLowerCase();
    const folder = path.basename(path.posix.dirname(`${path.basename(root)}/${file}`)).toLowerCase();
    return genre !== undefined && folder === genre ? wholeFile(file, genre) : null;
  },
});
