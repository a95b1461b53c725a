import { fork } from 'node:child_process';
import path from 'node:path';
import type { ChildProcess, EntryName, Host } from '#main/lab/host.ts';

const ENTRIES: Record<EntryName, string> = {
  trainer: path.join(import.meta.dirname, '../training/trainer.ts'),
  'feature-worker': path.join(import.meta.dirname, '../features/feature-worker.ts'),
  'engine-probe': path.join(import.meta.dirname, '../engine/probe.ts'),
  inspector: path.join(import.meta.dirname, '../inspection/inspector.ts'),
  learner: path.join(import.meta.dirname, '../experiments/memory/learner.ts'),
};

/** What plain Node lends the services: the web host's and the command line's half of the house. */
export function nodeHost(name: 'web' | 'cli'): Host {
  return {
    name,
    entry: (entry) => ENTRIES[entry],
    startProcess: (entry, environment = {}) => forkProcess(ENTRIES[entry], environment),
  };
}

/** A process of its own whose messages are structured clones, and whose output goes to our stderr. */
export function forkProcess(file: string, environment: Record<string, string>): ChildProcess {
  const child = fork(file, [], {
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
    env: { ...process.env, ...environment },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let ended = false;
  const exits: ((code: number | null, signal: string | null) => void)[] = [];
  const end = (code: number | null, signal: string | null) => {
    if (ended) return;
    ended = true;
    for (const listener of exits) listener(code, signal);
  };
  child.once('exit', end);
  // Without this a fork that fails, or a message into a pipe that has just broken, would end the host.
  child.on('error', () => child.pid === undefined && end(1, null));
  return {
    pid: child.pid,
    send: (message) => !ended && child.connected && child.send(message as object, () => {}),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => void child.kill('SIGKILL'),
  };
}
