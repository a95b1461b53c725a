import path from 'node:path';
import type { FromTrainer, ToTrainer } from './protocol.ts';
import { createSession } from './session.ts';

/*
 * The trainer process. It is started by a host (Node's fork, or Electron's utilityProcess), is told what to do by messages, and
 * never opens the lab's store. It ends when the process that started it has ended.
 */

/** As much of Electron's `process.parentPort` as is needed; Electron's own types are not known here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

const leave = (): never => process.exit(0);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** What cannot be said any more has nobody to hear it. */
const say = (message: FromTrainer): void => {
  if (!process.send) leave();
  process.send!(message, undefined, undefined, (error) => error && leave());
};
const reader = new URL(`./reader${path.extname(import.meta.filename)}`, import.meta.url);
const { parentPort } = process as unknown as { parentPort?: ParentPort };

if (parentPort) {
  const session = createSession({ post: (message) => parentPort.postMessage(message), turn, reader });
  parentPort.on('message', ({ data }) => session.receive(data as ToTrainer));
  parentPort.on('close', leave);
} else {
  if (!process.send) {
    process.stderr.write('The trainer is started by Hark, not by hand.\n');
    process.exit(2);
  }
  const session = createSession({ post: say, turn, reader });
  process.on('message', (message) => session.receive(message as ToTrainer));
  process.on('disconnect', leave);
}

// The window's Ctrl+C reaches the whole group; the main process decides how a training ends.
process.on('SIGINT', () => {});

/** A parent that was killed sends nothing; whoever adopts its orphans shows as another parent. */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) leave();
}, 1000).unref();
