import type { Done } from '#shared/contract/studio.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import { clipRecord } from '#main/lab/clips.ts';
import { appendEdit, type LeftOut, reasonOf, withEdit } from '#main/lab/edits.ts';
import type { Services } from '../services.ts';

/**
 * Edits clips as a job: the sound of every one is made first, and only then all that can be edited are, in one step. Stopped (by
 * the job or the signal), it leaves every clip as it was.
 */
export async function editClips(
  { lab, jobs, sounds }: Pick<Services, 'lab' | 'jobs' | 'sounds'>,
  clips: readonly number[],
  edit: Edit,
  stop?: AbortSignal,
): Promise<Done> {
  const job = jobs.start({
    ...{ kind: 'edit', title: editWords(edit), unit: 'clips' },
    async run(report, signal): Promise<Done> {
      const fit: number[] = [];
      const skipped: LeftOut[] = [];
      report({ done: 0, total: clips.length, subject: clips[0] });
      for (const [index, clip] of clips.entries()) {
        throwIfCancelled(signal);
        let file = `clip ${clip}`;
        try {
          const record = clipRecord(lab.store, clip);
          file = record.file;
          const { edits } = withEdit(lab.store, clip, edit);
          const { path, contentHash, start, end, missing } = record;
          const edited = { id: clip, path, contentHash, start, end, missing, edits };
          await sounds.sound(edited, { signal, progress: (share) => report({ done: index + share }) });
          fit.push(clip);
        } catch (thrown) {
          if (!(thrown instanceof HarkError) || thrown.kind === 'cancelled') throw thrown;
          skipped.push({ clip, file, reason: reasonOf(thrown) });
        }
        report({ done: index + 1 });
      }
      throwIfCancelled(signal);
      const { done, skipped: late } = appendEdit(lab.store, fit, edit);
      return { done, skipped: [...skipped, ...late] };
    },
    ended: ({ done, skipped }) =>
      `${done} ${done === 1 ? 'clip' : 'clips'} edited${skipped.length > 0 ? `, ${skipped.length} left out` : ''}.`,
  });
  stop?.addEventListener('abort', () => jobs.cancel(job.id));
  const done = await job.result;
  // Of a single clip there is nothing to tell that its picture does not.
  if (clips.length === 1) jobs.dismiss(job.id);
  return done;
}
