import { utilityProcess } from 'electron';
import type { ChildProcess } from '#main/lab/host.ts';

/** A process of its own under Electron; its output goes to ours. */
export function startUtility(file: string, environment: Record<string, string>): ChildProcess {
  const child = utilityProcess.fork(file, [], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment } as Record<string, string>,
    serviceName: 'Hark trainer',
  });
  let ended = false;
  const exits: ((code: number | null, signal: string | null) => void)[] = [];
  child.once('exit', (code) => {
    ended = true;
    for (const listener of exits) listener(code, null);
  });
  return {
    get pid() {
      return child.pid;
    },
    send(message) {
      if (ended) return false;
      child.postMessage(message);
      return true;
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => void child.kill(),
  };
}
