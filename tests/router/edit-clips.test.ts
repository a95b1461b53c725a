import { expect, test } from 'vitest';
import { Edit } from '#shared/domain/edit.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { datasetClips } from '#main/lab/clips.ts';
import { listHistory } from '#main/lab/history.ts';
import type { ClipOfFile, ClipSounds } from '#main/audio/sounds/types.ts';
import { Jobs } from '#main/router/jobs.ts';
import { editClips } from '#main/router/studio/edit-clips.ts';
import { madeDataset } from '../lab/support.ts';
import { temporaryLab } from '../support/lab.ts';

/** Sounds of which only the making counts. */
const sounds = (make: (clip: ClipOfFile) => void = () => {}) =>
  ({ sound: async (clip: ClipOfFile) => make(clip) }) as unknown as ClipSounds;

const GAIN = Edit.parse({ op: 'gain', db: 3 });

async function house(count: number) {
  const [lab, jobs] = [await temporaryLab(), new Jobs()];
  const files = Array.from({ length: count }, (_, index) => ({ file: `${index}.wav` }));
  const dataset = madeDataset(lab.store, files);
  const clips = datasetClips(lab.store, dataset).map(({ id }) => id);
  const edited = () => datasetClips(lab.store, dataset).filter(({ edits }) => edits.length > 0).length;
  return { lab, jobs, clips, edited };
}

test('clips whose sound cannot be made are left out and named; the others are edited in one step', async () => {
  const { lab, jobs, clips, edited } = await house(4);
  const tried: number[] = [];
  const make = ({ id, path, edits }: ClipOfFile) => {
    tried.push(id);
    expect(edits).toEqual([GAIN]);
    if (path.endsWith('2.wav')) throw new HarkError('not-found', 'The file is gone.', { remedy: 'Put it back.' });
  };
  const done = await editClips({ lab, jobs, sounds: sounds(make) }, [...clips, 99], GAIN);
  expect(tried).toEqual(clips);
  expect(done).toEqual({
    done: 3,
    skipped: [
      { clip: clips[2], file: '2.wav', reason: 'The file is gone. Put it back.' },
      { clip: 99, file: 'clip 99', reason: 'This clip is no longer in the lab.' },
    ],
  });
  expect([edited(), listHistory(lab.store).total]).toEqual([3, 1]);
  expect(jobs.list()).toMatchObject([{ kind: 'edit', state: 'done', done: 5, total: 5, message: '3 clips edited, 2 left out.' }]); // prettier-ignore
});

test('stopped on the way it leaves every clip as it was', async () => {
  const { lab, jobs, clips, edited } = await house(4);
  let tried = 0;
  const make = () => {
    if (++tried === 3) jobs.cancel(jobs.list()[0].id);
  };
  const done = editClips({ lab, jobs, sounds: sounds(make) }, clips, GAIN);
  await expect(done).rejects.toMatchObject({ kind: 'cancelled' });
  expect([tried, edited(), listHistory(lab.store).total]).toEqual([3, 0, 0]);
  expect(jobs.list()).toMatchObject([{ state: 'cancelled' }]);
});

test('a single clip leaves no job behind', async () => {
  const { lab, jobs, clips, edited } = await house(1);
  expect(await editClips({ lab, jobs, sounds: sounds() }, clips, GAIN)).toEqual({ done: 1, skipped: [] });
  expect([edited(), jobs.list()]).toEqual([1, []]);
});
