import path from 'node:path';
import { byName } from './by-name.ts';
import { wholeFile } from './importer.ts';

/** Modality (03: sound alone), channel (01 speech, 02 song), emotion, intensity, statement, repetition, actor. */
const NAME = /^0[1-3]-(0[12])-(0[1-8])-(0[12])-0[12]-0[12]-(\d\d)\.\w+$/;
const EMOTIONS = ['neutral', 'calm', 'happy', 'sad', 'angry', 'fearful', 'disgust', 'surprised'];

/** RAVDESS (Livingstone and Russo, 2018), speech and song: all is in the file's name. The actor is the speaker. */
export const ravdess = byName({
  layout: 'ravdess',
  looks: 'files named MM-VV-EE-II-SS-RR-AA.wav (seven numbers of two digits), in folders Actor_NN',
  score: 0.95,
  reason: 'files named by seven numbers, the third the emotion, the last the actor',
  refusal: 'Its name is not seven numbers of two digits.',
  read(file) {
    const [, channel, emotion, intensity, actor] = NAME.exec(path.posix.basename(file)) ?? [];
    if (actor === undefined) return null;
    const notes = [...(channel === '02' ? ['Sung.'] : []), ...(intensity === '02' ? ['Strong intensity.'] : [])];
    return wholeFile(file, EMOTIONS[Number(emotion) - 1], { speaker: actor, note: notes.join(' ') });
  },
});
