import { fork } from 'node:child_process';
import path from 'node:path';
import type { ChildProcess, EntryName, Host } from '#main/lab/host.ts';

const source = path.join(import.meta.dirname, '../../src-main');
const entries: Record<EntryName, string> = {
  trainer: path.join(source, 'training/trainer.ts'),
  'feature-worker': path.join(source, 'features/feature-worker.ts'),
  'engine-probe': path.join(source, 'engine/probe.ts'),
  inspector: path.join(source, 'inspection/inspector.ts'),
  learner: path.join(source, 'experiments/memory/learner.ts'),
};

/** A host for tests: real processes under Node, of one thread each (what they train is tiny), and a record of them. */
export function testHost(environment: Record<string, string> = {}): Host & { started: ChildProcess[] } {
  const started: ChildProcess[] = [];
  return {
    name: 'cli',
    started,
    entry: (name) => entries[name],
    startProcess(name, extra = {}) {
      const child = fork(entries[name], [], {
        serialization: 'advanced',
        execArgv: [],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, HARK_THREADS: '1', ...environment, ...extra },
      });
      child.on('error', () => {});
      const process_: ChildProcess = {
        pid: child.pid,
        send: (message) => child.connected && child.send(message as object, () => {}),
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void child.once('exit', listener),
        kill: () => void child.kill('SIGKILL'),
      };
      started.push(process_);
      return process_;
    },
  };
}
