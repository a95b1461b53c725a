import path from 'node:path';
import { findParent } from '#main/lab/parent.ts';
import type { ToTrainer } from './protocol.ts';
import { createSession } from './session.ts';

/*
 * The trainer process. It is started by a host, is told what to do by messages, and never opens the lab's store. It ends when the
 * process that started it has ended.
 */

const parent = findParent('trainer');
const session = createSession({
  post: (message) => void parent.post(message),
  turn: () => new Promise<void>((resolve) => setImmediate(resolve)),
  reader: new URL(`./reader${path.extname(import.meta.filename)}`, import.meta.url),
});
parent.onMessage((message) => session.receive(message as ToTrainer));
