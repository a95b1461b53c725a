import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';
import { SAMPLE_INDEX, SampleIndex } from '../sample/sample-index.ts';
import { type Importer, wholeFile } from './importer.ts';

/** The sample Hark renders itself: its index says of each file the word, the speaker and the part. */
export const sample: Importer = {
  layout: 'sample',
  looks: `the folder Hark rendered its sample into, with ${SAMPLE_INDEX}`,
  match: (look) => (look.files.includes(SAMPLE_INDEX) ? { score: 2, reason: 'Hark’s own sample' } : null),
  async open(look) {
    const text = await readFile(path.join(look.path, SAMPLE_INDEX), 'utf8').catch(() => null);
    const index = text === null ? null : SampleIndex.safeParse(JSON.parse(text));
    if (!index?.success)
      throw new HarkError('bad-input', 'This folder does not hold Hark’s sample.', { where: look.path });
    const clips = index.data.clips.map(({ file, word, speaker, part }) =>
      wholeFile(file, word, { speaker, official: part }),
    );
    return { clips, backgrounds: [], skipped: [] };
  },
};
