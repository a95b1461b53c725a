import os from 'node:os';
import util from 'node:util';
import path from 'node:path';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { startNative } from './native/backend.ts';
import { registerGradients } from './tape.ts';
import { BACKENDS, type BackendName, type BackendOptions, type BackendReport } from './types.ts';

/** Registers a backend with tfjs-core; throws with the reason where this machine cannot have it. */
type Starter = (threads: number) => Promise<{ instructionSet: string | null; threads: number }>;

const starters: Record<BackendName, Starter> = {
  native: startNative,
  tensorflow: startTensorflow,
  wasm: startWasm,
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return { instructionSet: null, threads: 1 };
  },
};

let current: BackendReport | null = null;

/**
 * Chooses what the arithmetic runs on: the first of native, tensorflow, wasm, cpu that this machine can have. The environment
 * may set HARK_BACKEND (as `prefer`), HARK_THREADS (as `threads`), HARK_ISA and HARK_NATIVE_ADDON (see native/addon.ts).
 * May be called again to change the backend.
 * @throws HarkError `unavailable` when the preferred one cannot be had, `bad-input` for a name or number that makes no sense
 */
export async function startBackend(options: BackendOptions = {}): Promise<BackendReport> {
  const prefer = options.prefer ?? preferenceOfEnvironment();
  const threads = options.threads ?? threadsOfEnvironment() ?? os.availableParallelism();
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new HarkError('bad-input', `${threads} is not a number of threads.`, {
      where: 'threads',
      remedy: 'Give a whole number from 1 to 256.',
    });
  // Keeps tfjs from advertising other backends on the console.
  tf.enableProdMode();
  const unavailable: BackendReport['unavailable'] = [];
  for (const name of prefer === undefined ? BACKENDS : [prefer]) {
    try {
      const started = await starters[name](threads);
      if (!(await tf.setBackend(name))) throw new Error('it did not initialise');
      // After the backend: tfjs-node brings derivatives of its own, and all backends shall use the same.
      registerGradients();
      current = { name, ...started, unavailable };
      return current;
    } catch (thrown) {
      unavailable.push({ backend: name, reason: reasonOf(thrown) });
    }
  }
  throw new HarkError('unavailable', `The ${prefer} backend cannot be used: ${unavailable[0].reason}.`, {
    where: 'backend',
    remedy: 'Leave the choice of backend to Hark.',
  });
}

/** The backend in use. @throws HarkError `internal` before `startBackend` */
export function currentBackend(): BackendReport {
  if (current === null) throw new HarkError('internal', 'The engine was used before startBackend().');
  return current;
}

function preferenceOfEnvironment(): BackendName | undefined {
  const name = process.env['HARK_BACKEND'];
  if (!name) return undefined;
  if (!BACKENDS.includes(name as BackendName))
    throw new HarkError('bad-input', `There is no backend "${name}".`, {
      where: 'HARK_BACKEND',
      remedy: `Choose one of ${BACKENDS.join(', ')}.`,
    });
  return name as BackendName;
}

function threadsOfEnvironment(): number | undefined {
  const text = process.env['HARK_THREADS'];
  return text ? Number(text) : undefined;
}

function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split('\n')[0].replace(/[.\s]+$/, '');
}

/** Functions that Node 23 removed from `util` and tfjs-node 4.22 still calls. */
const removedFromUtil: Record<string, (value: unknown) => boolean> = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: Array.isArray,
  isString: (value) => typeof value === 'string',
  isFunction: (value) => typeof value === 'function',
};

async function startTensorflow() {
  for (const [name, test] of Object.entries(removedFromUtil))
    (util as unknown as Record<string, unknown>)[name] ??= test;
  // The name in a variable: optional, so neither bundler nor type checker may look for it.
  const name = '@tensorflow/tfjs-node';
  await import(/* @vite-ignore */ name);
  return { instructionSet: null, threads: os.availableParallelism() };
}

async function startWasm() {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  if (!wasmFound) wasm.setWasmPaths(path.join(folder, 'dist') + path.sep);
  wasmFound = true;
  // tfjs runs its WebAssembly on one thread in Node.
  return { instructionSet: null, threads: 1 };
}
/** setWasmPaths may be called only before the backend first starts. */
let wasmFound = false;
