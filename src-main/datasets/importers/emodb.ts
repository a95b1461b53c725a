import path from 'node:path';
import { byName } from './by-name.ts';
import { wholeFile } from './importer.ts';

/** Speaker, sentence, the emotion's first letter in German, version. */
const NAME = /^(\d\d)([ab]\d\d)([WLEAFTN])[a-z]?\.\w+$/;
const EMOTIONS: Record<string, string> = {
  W: 'anger',
  L: 'boredom',
  E: 'disgust',
  A: 'anxiety',
  F: 'happiness',
  T: 'sadness',
  N: 'neutral',
};

/** The Berlin Database of Emotional Speech (Burkhardt et al., 2005): all is in the file's name, whatever folder it lies in. */
export const emodb = byName({
  layout: 'emodb',
  looks: 'files named SSTTTEV.wav (speaker, sentence, the emotion’s German letter, version: 03a01Fa.wav)',
  score: 0.9,
  reason: 'files named by speaker, sentence and emotion',
  refusal: 'Its name is not speaker, sentence, emotion and version.',
  read(file) {
    const [, speaker, , letter] = NAME.exec(path.posix.basename(file)) ?? [];
    return letter === undefined ? null : wholeFile(file, EMOTIONS[letter], { speaker });
  },
});
