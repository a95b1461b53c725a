import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { backendOfEnvironment, threadsOfEnvironment } from './environment.ts';
import { startNative } from './native/backend.ts';
import { registerGradients } from './tape.ts';
import { startTensorflow } from './tensorflow.ts';
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
  const prefer = options.prefer ?? backendOfEnvironment();
  const threads = options.threads ?? threadsOfEnvironment() ?? os.availableParallelism();
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new HarkError('bad-input', `${threads} is not a number of threads.`, {
      where: 'threads',
      remedy: 'Give a whole number from 1 to 256.',
    });
  // Keeps tfjs from advertising other backends on the console.
  tf.enableProdMode();
  const unavailable: BackendReport['unavailable'] = [];
  let cause: unknown;
  for (const name of prefer === undefined ? BACKENDS : [prefer]) {
    try {
      const started = await starters[name](threads);
      if (!(await tf.setBackend(name))) throw new Error('it did not initialise');
      // After the backend: tfjs-node brings derivatives of its own, and all backends shall use the same.
      registerGradients();
      current = { name, ...started, unavailable };
      return current;
    } catch (thrown) {
      cause = thrown;
      unavailable.push({ backend: name, reason: reasonOf(thrown) });
    }
  }
  throw new HarkError('unavailable', `The ${prefer} backend cannot be used: ${unavailable[0].reason}.`, {
    where: 'backend',
    cause,
    remedy: 'Choose another in Settings, or leave the choice to Hark.',
  });
}

/** The backend in use. @throws HarkError `internal` before `startBackend` */
export function currentBackend(): BackendReport {
  if (current === null) throw new HarkError('internal', 'The engine was used before startBackend().');
  return current;
}

/** Why a backend cannot be had: the first line of what was thrown, to be put into a sentence. */
export function reasonOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split('\n')[0].replace(/[.\s]+$/, '');
}

async function startWasm() {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  if (!wasmFound) wasm.setWasmPaths(path.join(folder, 'dist') + path.sep);
  wasmFound = true;
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  // tfjs runs its WebAssembly on one thread in Node.
  return { instructionSet: simd ? 'simd' : null, threads: 1 };
}
/** setWasmPaths may be called only before the backend first starts. */
let wasmFound = false;
