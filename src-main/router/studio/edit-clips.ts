import { setImmediate } from 'node:timers/promises';
import type { Done } from '#shared/contract/studio.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import { type ClipRecord, clipRecord } from '#main/lab/clips.ts';
import { appendEdit, type LeftOut, reasonOf, withEdit } from '#main/lab/edits.ts';
import type { Services } from '../services.ts';

/** Sees that a clip's sound can be made with these edits. @throws HarkError if it cannot */
export type RenderCheck = (clip: ClipRecord, edits: readonly Edit[], signal: AbortSignal) => Promise<void>;

/** Where the lab's sounds are asked; what an edit must fit is checked before. */
const canBeMade: RenderCheck = async () => {};

/** Clips looked at before others on this thread have a turn. */
const CLIPS_PER_TURN = 64;

/**
 * Edits clips as a job: every one is tried first, and only then all that can be edited are, in one step. Stopped, it leaves every
 * clip as it was.
 */
export async function editClips(
  { lab, jobs }: Pick<Services, 'lab' | 'jobs'>,
  clips: readonly number[],
  edit: Edit,
  check: RenderCheck = canBeMade,
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
          await check(record, withEdit(lab.store, clip, edit).edits, signal);
          fit.push(clip);
        } catch (thrown) {
          if (!(thrown instanceof HarkError) || thrown.kind === 'cancelled') throw thrown;
          skipped.push({ clip, file, reason: reasonOf(thrown) });
        }
        if (index % CLIPS_PER_TURN > 0) continue;
        report({ done: index + 1 });
        await setImmediate();
      }
      throwIfCancelled(signal);
      const { done, skipped: late } = appendEdit(lab.store, fit, edit);
      report({ done: clips.length });
      return { done, skipped: [...skipped, ...late] };
    },
    ended: ({ done, skipped }) =>
      `${done} ${done === 1 ? 'clip' : 'clips'} edited${skipped.length > 0 ? `, ${skipped.length} left out` : ''}.`,
  });
  const done = await job.result;
  // Of a single clip there is nothing to tell that its picture does not.
  if (clips.length === 1) jobs.dismiss(job.id);
  return done;
}
