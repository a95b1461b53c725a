import path from 'node:path';
import { soundFiles } from '../walk.ts';
import { type Importer, type ImportPlan, wholeFile } from './importer.ts';

const NAME = /^(\d)_(.+)_(\d+)\.\w+$/;
/** Of each digit and speaker the recordings 0 to 4 are the test set. */
const TEST_RECORDINGS = 5;

const ours = (file: string) => /^(recordings\/)?[^/]+$/.test(file);

/** Free Spoken Digit Dataset (Jackson et al.): `{digit}_{speaker}_{index}.wav`, in `recordings/` or at the top. */
export const fsdd: Importer = {
  layout: 'fsdd',
  looks: 'files named DIGIT_SPEAKER_INDEX.wav, at the top or in recordings/',
  match(look) {
    const sample = look.sounds.filter(ours).slice(0, 1000);
    const named = sample.filter((file) => NAME.test(path.posix.basename(file))).length;
    if (named === 0 || named < 0.9 * Math.min(1000, look.sounds.length)) return null;
    return { score: 0.9, reason: 'files named DIGIT_SPEAKER_INDEX' };
  },
  async open(look, { signal }) {
    const plan: ImportPlan = { clips: [], backgrounds: [], skipped: [] };
    for (const file of (await soundFiles(look.path, signal)).filter(ours)) {
      const [, digit, speaker, index] = NAME.exec(path.posix.basename(file)) ?? [];
      if (digit === undefined) plan.skipped.push({ file, reason: 'Its name is not DIGIT_SPEAKER_INDEX.' });
      else
        plan.clips.push(
          wholeFile(file, digit, { speaker, official: Number(index) < TEST_RECORDINGS ? 'test' : 'train' }),
        );
    }
    return plan;
  },
};
