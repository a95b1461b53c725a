import util from 'node:util';

/** Functions that Node 23 removed from `util` and tfjs-node 4.22 still calls. */
const removedFromUtil: Record<string, (value: unknown) => boolean> = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: Array.isArray,
  isString: (value) => typeof value === 'string',
  isFunction: (value) => typeof value === 'function',
};

/** libtensorflow makes its threads when it is loaded: a second start in the same process has the first one's number. */
let started: number | null = null;

/** Registers tfjs-node's backend. @throws Error where it is not installed, or its library not to be had */
export async function startTensorflow(threads: number) {
  // Also where Node still has them: its own complain when they are called.
  for (const [name, value] of Object.entries(removedFromUtil))
    Object.defineProperty(util, name, { value, writable: true, configurable: true });
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(threads);
  // Else it tells at each start for which processor it was built.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // The name in a variable: optional, so neither bundler nor type checker may look for it.
  const name = '@tensorflow/tfjs-node';
  await import(/* @vite-ignore */ name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(`'${name}'`))
      throw new Error(`${name} is not installed (it comes with npm install, where its library can be downloaded)`);
    throw error;
  });
  started ??= threads;
  return { instructionSet: null, threads: started };
}
