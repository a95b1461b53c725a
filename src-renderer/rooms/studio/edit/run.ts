import type { StudioClip } from '#shared/contract/studio.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import { actionOf, type ActionId } from '../../../app/actions.ts';
import { tell, tellError } from '../../../app/tell.tsx';
import { client } from '../../../client/client.ts';
import { duration } from '../../../parts/format.ts';
import { player } from '../../../parts/player.ts';
import { useStudio } from '../state.ts';
import { checkedEdit, selectionAfter } from './check.ts';
import { operationOf, whatIsMissing } from './operations.ts';
import { type KeptSound, type Place, placeOf, shapeOfClip } from './place.ts';
import { openForm, useEditing, useKept } from './state.ts';

/** What an operation on the open clip would now be done to. */
export const placeNow = (open: StudioClip): Place =>
  placeOf(shapeOfClip(open), useStudio.getState().selection, player.time, useKept.getState());

/** Does an operation at once, or opens its form where it has one; says what is missing. */
export function choose(action: ActionId, open: StudioClip): void {
  const operation = operationOf(action);
  const place = placeNow(open);
  const missing = whatIsMissing(operation.need, place);
  if (missing !== null) return tell(actionOf(action).title, missing);
  if (operation.fields.length > 0) return openForm(action);
  const { edit, problem } = checkedEdit(operation, place, {});
  if (edit) void takeEdit(open, edit);
  else tell(actionOf(action).title, problem ?? '');
}

/** Puts an edit at the end of the open clip's list; the selection goes with the sound. Answers whether it was done. */
export async function takeEdit(open: StudioClip, edit: Edit): Promise<boolean> {
  // One after the other: each is meant for the sound as the last one has left it.
  if (useEditing.getState().running) return false;
  const controller = new AbortController();
  useEditing.setState({ running: { title: editWords(edit), stop: () => controller.abort() } });
  try {
    const { skipped } = await client.studio.edit({ clips: [open.clip.id], edit }, { signal: controller.signal });
    if (skipped.length > 0) {
      tell('The edit was not made', skipped[0].reason);
      return false;
    }
    useStudio.setState(({ selection }) => ({
      selection: selectionAfter(shapeOfClip(open), edit, selection),
      preview: null,
      upTo: null,
    }));
    return true;
  } catch (thrown) {
    if (!controller.signal.aborted) tellError(thrown, 'The edit was not made');
    return false;
  } finally {
    useEditing.setState({ running: null });
  }
}

/** Keeps the selected part in the lab. Answers null, having said why, when nothing is selected or it cannot be kept. */
async function keepSelection(open: StudioClip, title: string): Promise<KeptSound | null> {
  const { span } = placeNow(open);
  if (!span) {
    tell(title, whatIsMissing('span', placeNow(open))!);
    return null;
  }
  try {
    const kept = await client.studio.copy({ clip: open.clip.id, ...span });
    return { ...kept, from: open.clip.file };
  } catch (thrown) {
    tellError(thrown, 'The part was not copied');
    return null;
  }
}

export async function copy(open: StudioClip): Promise<boolean> {
  const clipboard = await keepSelection(open, 'Copy');
  if (!clipboard) return false;
  useKept.setState({ clipboard });
  tell('Copied', `${duration(clipboard.duration)} of ${clipboard.from}`);
  return true;
}

export async function cut(open: StudioClip): Promise<void> {
  const { span } = placeNow(open);
  if ((await copy(open)) && span) await takeEdit(open, { op: 'delete', ...span });
}

export async function takeProfile(open: StudioClip): Promise<void> {
  const profile = await keepSelection(open, 'Noise profile');
  if (!profile) return;
  useKept.setState({ profile });
  tell('Noise profile taken', `${duration(profile.duration)} of ${profile.from}. “Reduce noise” uses it on any clip.`);
}
