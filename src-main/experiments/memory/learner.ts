import { startBackend } from '#main/engine/backend.ts';
import { underEnvironment } from '#main/engine/environment.ts';
import { findParent } from '#main/lab/parent.ts';
import { toPlain } from '#shared/domain/errors.ts';
import type { FromLearner, ToLearner } from './protocol.ts';
import { learn } from './train.ts';

/*
 * The learner process: trains the small networks of the memory laboratory on sequences it makes. It is started by a host, for one
 * experiment, and ends when it is killed or the process that started it has ended.
 */

/** Progress is told this often at most, milliseconds. */
const TELL_EVERY = 100;

const parent = findParent('learner');
const post = (message: FromLearner): void => void parent.post(message);
let told = 0;

/** How far it is; a killed parent is noticed here. */
async function between(step: number): Promise<void> {
  if (performance.now() - told < TELL_EVERY) return;
  told = performance.now();
  post({ kind: 'step', step });
  await new Promise<void>((resolve) => setImmediate(resolve));
}

async function answer(message: ToLearner): Promise<FromLearner> {
  try {
    return message.kind === 'start'
      ? { kind: 'ready', backend: await startBackend(underEnvironment(message.engine)) }
      : { kind: 'learnt', learnt: await learn(message.lesson, between) };
  } catch (thrown) {
    return { kind: 'failed', failure: toPlain(thrown) };
  }
}

parent.onMessage((message) => void answer(message as ToLearner).then(post));
