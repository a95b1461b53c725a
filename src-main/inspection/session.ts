import { startBackend } from '#main/engine/backend.ts';
import { underEnvironment } from '#main/engine/environment.ts';
import { HarkError, toPlain } from '#shared/domain/errors.ts';
import { Networks } from './networks.ts';
import type { Answer, FromInspector, ToInspector } from './protocol.ts';
import { TASKS } from './tasks.ts';
import { pauseOf, type Pause } from './turn.ts';

/**
 * The inspector as its process holds it: once its engine has started it answers one question after the other, in the order they came;
 * while one that takes its time pauses, others are answered.
 * @param post says something to main; resolves when it has been handed over
 */
export function createSession(post: (message: FromInspector) => Promise<void>) {
  const networks = new Networks();
  let started: Promise<unknown> | null = null;
  /** An answer goes out before the next question is begun. */
  let handedOver = Promise.resolve();
  /** Of questions in hand. */
  const stops = new Map<number, AbortController>();

  async function answer({ id, question, ask }: Extract<ToInspector, { kind: 'ask' }>): Promise<void> {
    const stop = new AbortController();
    stops.set(id, stop);
    try {
      if (!started) throw new HarkError('internal', 'The inspector was asked before it was started.');
      await started;
      // Another question may have been answered while this one waited.
      for (let last; last !== handedOver;) await (last = handedOver);
      const task = TASKS[question] as (networks: Networks, ask: unknown, pause: Pause) => Answer | Promise<Answer>;
      const pause = pauseOf(stop.signal, (done, total) => void post({ kind: 'progress', id, done, total }));
      const answer = await task(networks, ask, pause);
      handedOver = post({ kind: 'answer', id, answer });
    } catch (thrown) {
      handedOver = post({ kind: 'failed', id, failure: toPlain(thrown) });
    } finally {
      stops.delete(id);
    }
  }

  return {
    receive(message: ToInspector): void {
      if (message.kind === 'ask') return void answer(message);
      if (message.kind === 'stop') return void stops.get(message.id)?.abort();
      started = startBackend(underEnvironment(message.engine));
      // Whoever asks is told.
      started.catch(() => {});
    },
  };
}
