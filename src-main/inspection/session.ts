import { startBackend } from '#main/engine/backend.ts';
import { underEnvironment } from '#main/engine/environment.ts';
import { HarkError, toPlain } from '#shared/domain/errors.ts';
import { Networks } from './networks.ts';
import type { Answer, FromInspector, ToInspector } from './protocol.ts';
import { TASKS } from './tasks.ts';

/**
 * The inspector as its process holds it: once its engine has started it answers one question after the other, in the order they came.
 * @param post says something to main
 */
export function createSession(post: (message: FromInspector) => void) {
  const networks = new Networks();
  let started: Promise<unknown> | null = null;

  async function answer({ id, question, ask }: Extract<ToInspector, { kind: 'ask' }>): Promise<void> {
    try {
      if (!started) throw new HarkError('internal', 'The inspector was asked before it was started.');
      await started;
      const task = TASKS[question] as (networks: Networks, ask: unknown) => Answer;
      post({ kind: 'answer', id, answer: task(networks, ask) });
    } catch (thrown) {
      post({ kind: 'failed', id, failure: toPlain(thrown) });
    }
  }

  return {
    receive(message: ToInspector): void {
      if (message.kind === 'ask') return void answer(message);
      started = startBackend(underEnvironment(message.engine));
      // Whoever asks is told.
      started.catch(() => {});
    },
  };
}
