import { notifications } from '@mantine/notifications';
import type { HistoryStep } from '#shared/contract/lab.ts';
import { client } from '../client/client.ts';
import { tellError } from './tell.tsx';

type Step = 'undo' | 'redo';
const WORDS: Record<Step, { done: string; none: string }> = {
  undo: { done: 'Undone', none: 'Nothing to undo' },
  redo: { done: 'Done again', none: 'Nothing to redo' },
};

/** Undoes or does again until `target` is the last step that stands (null: none does). */
export async function jump(target: HistoryStep | null): Promise<void> {
  try {
    const { steps } = await client.lab.jump({ step: target?.id ?? null });
    if (steps > 0) say(target ? 'Gone to a step of the history' : 'All steps undone', target?.words);
  } catch (error) {
    tellError(error);
  }
}

/** Takes one step back or forth in the lab's history and says which it was; answers whether there was one. */
export async function step(direction: Step): Promise<boolean> {
  try {
    const taken = await client.lab[direction]();
    say(taken ? WORDS[direction].done : WORDS[direction].none, taken?.words);
    return taken !== null;
  } catch (error) {
    tellError(error);
    return false;
  }
}

/** Says it in place of what was said of the step before, which may still be in sight. */
function say(title: string, message = ''): void {
  notifications.hide('history');
  notifications.show({ id: 'history', title, message, autoClose: 4000 });
}
