import { createRequire } from 'node:module';
import os from 'node:os';
import type { BackendReport, Doctor } from '#shared/domain/system.ts';
import type { Lab } from '#main/lab/lab.ts';
import about from '#package' with { type: 'json' };

const require = createRequire(import.meta.url);

/** Hark's own version. */
export const VERSION: string = about.version;

/** Packages whose version tells something when results are to be repeated. */
const TOLD = ['@tensorflow/tfjs-core', 'better-sqlite3'];

/** What this machine gives Hark, and why not more. */
export function examine(lab: Lab, engine: BackendReport): Doctor {
  const { instructionSet, threads, unavailable } = engine;
  return {
    hark: VERSION,
    backend: engine.name,
    instructionSet,
    threads,
    unavailable,
    versions: { node: process.versions.node, ...Object.fromEntries(TOLD.map((name) => [name, versionOf(name)])) },
    platform: `${process.platform} ${process.arch} (${os.version()} ${os.release()})`,
    cores: os.availableParallelism(),
    memoryMB: Math.round(os.totalmem() / 2 ** 20),
    electron: process.versions['electron'] ?? 'not in use: the window is shown by a browser',
    lab: lab.folder,
  };
}

function versionOf(name: string): string {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return 'unknown';
  }
}
