import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const LAUNCH = path.join(import.meta.dirname, '../../scripts/launch.mjs');

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A running command: its process, what it has said so far, and its end. */
export interface Running {
  child: ChildProcess;
  said(): Omit<Ended, 'code' | 'signal'>;
  /** Resolves when stdout or stderr holds a match; rejects when the process ends without one. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

/** Starts `node scripts/launch.mjs ...`, as npm's scripts do. It is gone when the test is. */
export function launch(args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [LAUNCH, ...args], {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const listener of listeners) listener();
    });
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, ...said })),
  );
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    said: () => said,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said.stdout) ?? pattern.exec(said.stderr);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        void ended.then(({ code, stderr }) => reject(new Error(`ended with ${code} before ${pattern}: ${stderr}`)));
      }),
  };
}

/** One command of the command line, to its end. */
export function hark(lab: string, ...args: string[]): Promise<Ended> {
  return launch(['cli', ...args, '--lab', lab]).ended;
}

/** The one JSON value a command prints with `--json`. @throws when it fails, or prints anything else on stdout */
export async function harkJson<T>(lab: string, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await hark(lab, ...args, '--json');
  if (code !== 0) throw new Error(`hark ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
