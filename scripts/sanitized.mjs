/**
 * Runs the kernels' tests on a build that watches itself: AddressSanitizer for reads and writes outside of memory,
 * UndefinedBehaviorSanitizer for the rest. Linux, with g++ or clang++. Arguments go to vitest in place of the folders.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { buildNative, findCompiler } from './build-native.mjs';
import { ROOT } from './node.mjs';
import { binOf, spawnTool } from './tools.mjs';

const FOLDERS = ['tests/native', 'tests/engine'];

export async function run(args) {
  const { path: addon, reason } = await buildNative({ sanitize: true });
  if (!addon) {
    console.error(`The sanitized kernels cannot be built: ${reason}.`);
    return 1;
  }
  const environment = {
    HARK_NATIVE_ADDON: addon,
    HARK_BACKEND: 'native',
    LD_PRELOAD: runtimeOf(await findCompiler()),
    // Node keeps much for its whole life; and its WebAssembly has its own use for signals.
    ASAN_OPTIONS: 'detect_leaks=0:handle_segv=0:exitcode=99',
    UBSAN_OPTIONS: 'print_stacktrace=1',
  };
  if (!catches(environment)) {
    console.error('The sanitizer does not catch a read beyond an array; its tests would mean nothing.');
    return 1;
  }
  const tests = args.length > 0 ? args : FOLDERS;
  return spawnTool(binOf('vitest'), ['run', '--testTimeout=600000', '--hookTimeout=600000', ...tests], { environment });
}

/** The library that must be loaded before Node. */
function runtimeOf(compiler) {
  const find = (name) => execFileSync(compiler, [`-print-file-name=${name}`], { encoding: 'utf8' }).trim();
  return ['libasan.so', `libclang_rt.asan-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so`]
    .map(find)
    .find((file) => file.includes('/'));
}

/** Whether reading one number beyond an array is noticed. */
function catches(environment) {
  const script = `require(${JSON.stringify(environment.HARK_NATIVE_ADDON)}).readBeyond(new Float32Array(100))`;
  const { stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return stderr.includes('heap-buffer-overflow');
}
