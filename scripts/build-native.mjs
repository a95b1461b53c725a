/**
 * Builds the native kernels (src-native) into build/native/hark.node with the machine's C++ compiler and two npm packages of
 * headers: no node-gyp, no download. Runs on any Node from 20 on, and on a machine without a compiler says so and leaves the
 * engine to its other backends.
 *
 *   node scripts/build-native.mjs [--quiet] [--sanitize]
 *
 * --sanitize makes build/native/hark-sanitized.node, which watches itself for reads and writes outside of memory and for undefined
 * behaviour; scripts/sanitized.mjs runs the tests on it.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sources = path.join(root, 'src-native');
const folder = path.join(root, 'build', 'native');

const x86 = process.arch === 'x64';
/** One object of each room's kernels.cc for each. On ARM64 NEON is the baseline. */
const instructionSets = x86
  ? {
      avx512: '-mavx512f -mavx512bw -mavx512dq -mavx512vl -mavx2 -mfma -mprefer-vector-width=512'.split(' '),
      avx2: ['-mavx2', '-mfma'],
      baseline: [],
    }
  : { [process.arch === 'arm64' ? 'neon' : 'baseline']: [] };

const common = [
  '-std=c++17',
  '-O3',
  '-fPIC',
  '-fvisibility=hidden',
  '-DNAPI_VERSION=8',
  '-DNODE_ADDON_API_DISABLE_DEPRECATED',
  '-DNODE_ADDON_API_CPP_EXCEPTIONS_ALL',
];
// No -ffast-math: it would fold away the rounding in exp. Contraction to fused multiply-add is wanted.
const kernelFlags = ['-fno-math-errno', '-ffp-contract=fast'];
const platform = {
  linux: ['-shared', '-static-libstdc++', '-static-libgcc', '-pthread', '-ldl'],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup'],
  win32: ['-shared', '-static'],
}[process.platform] ?? ['-shared', '-pthread'];

/** How an addon is built: the one Hark runs on, and the one its tests are run on. */
const plain = { target: path.join(folder, 'hark.node'), flags: [], link: platform, spared: [] };
const sanitized = {
  target: path.join(folder, 'hark-sanitized.node'),
  flags: [
    // More would take many minutes to compile.
    '-O1',
    '-fsanitize=address,undefined',
    '-fno-sanitize-recover=all',
    '-fno-omit-frame-pointer',
    '-g',
    '-DHARK_SANITIZED',
  ],
  // The sanitizers' own library is loaded before Node: it must be the only one.
  link: ['-fsanitize=address,undefined', '-shared', '-pthread', '-ldl'],
  // What this machine cannot run need not be watched, and is the longest to compile.
  spared: canRunAvx512() ? [] : ['avx512'],
};

function canRunAvx512() {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8').includes('avx512f');
  } catch {
    return true;
  }
}

/**
 * Builds what is not up to date.
 * @param {{ quiet?: boolean, sanitize?: boolean }} [options] quiet: say nothing; sanitize: with address and undefined-behaviour
 *   sanitizers, into a file of its own
 * @returns {Promise<{ built: boolean, path: string | null, reason: string | null }>} built: whether there was anything to do;
 *   path: the addon, or null with the reason why there is none
 */
export async function buildNative({ quiet = false, sanitize = false } = {}) {
  const variant = sanitize ? sanitized : plain;
  const { target } = variant;
  const say = quiet ? () => {} : (line) => console.error(line);
  try {
    const compiler = await findCompiler();
    const headers = includePaths();
    const stamp = await fingerprint(compiler, headers, variant);
    const stampFile = `${target}.stamp`;
    if (existsSync(target) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
      return { built: false, path: target, reason: null };
    say(`Building the native kernels with ${compiler} ...`);
    await compile(compiler, headers, variant);
    writeFileSync(stampFile, stamp);
    return { built: true, path: target, reason: null };
  } catch (error) {
    const reason = reasonOf(error);
    say(`The native kernels were not built: ${reason}. Hark runs without them, more slowly.`);
    return { built: false, path: null, reason };
  }
}

/** The first of $CXX, g++, clang++ and c++ that is there. @throws Error */
export async function findCompiler() {
  const candidates = process.env.CXX ? [process.env.CXX] : ['g++', 'clang++', 'c++'];
  for (const candidate of candidates) {
    try {
      await run(candidate, ['--version']);
      return candidate;
    } catch {
      // The next one.
    }
  }
  throw new Error(`no C++ compiler was found (${candidates.join(', ')})`);
}

function includePaths() {
  const require = createRequire(import.meta.url);
  return [
    path.join(path.dirname(require.resolve('node-api-headers/package.json')), 'include'),
    path.dirname(require.resolve('node-addon-api/package.json')),
  ];
}

/** Below src-native, in a steady order. */
const sourceFiles = (ending = /\.cc$/) =>
  readdirSync(sources, { recursive: true })
    .filter((file) => ending.test(file))
    .sort();

/** Changes with the sources, the compiler and the flags. */
async function fingerprint(compiler, headers, { flags, link }) {
  const hash = createHash('sha256');
  const { stdout } = await run(compiler, ['--version']);
  hash.update(
    JSON.stringify([
      stdout,
      process.platform,
      process.arch,
      common,
      kernelFlags,
      flags,
      link,
      instructionSets,
      headers.length,
    ]),
  );
  for (const file of sourceFiles(/\.(cc|h)$/)) hash.update(file).update(readFileSync(path.join(sources, file)));
  return hash.digest('hex');
}

async function compile(compiler, headers, { target, flags: extra, link: linking, spared }) {
  // A folder of its own: two builds at once must not write each other's objects.
  const work = `${target}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const object = (name) => path.join(work, `${name}.o`);
    const include = headers.flatMap((folder) => ['-isystem', folder]);
    const architecture = x86 ? ['-DHARK_X86'] : [`-DHARK_BASELINE=${Object.keys(instructionSets)[0]}`];
    const jobs = sourceFiles().flatMap((source) => {
      const name = source.replace(/[\\/.]/g, '-');
      if (path.basename(source) !== 'kernels.cc') return [[source, name, [...extra, ...include, ...architecture]]];
      return Object.entries(instructionSets).map(([set, flags]) => [
        source,
        `${name}-${set}`,
        [...(spared.includes(set) ? [] : extra), ...kernelFlags, ...flags, ...architecture, `-DHARK_ISA=${set}`],
      ]);
    });
    // As many compilers at once as there are cores.
    const waiting = [...jobs];
    const compileNext = async () => {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        const [source, name, flags] = job;
        await run(compiler, [...common, ...flags, '-c', path.join(sources, source), '-o', object(name)]);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, compileNext));
    const library = path.join(work, path.basename(target));
    const objects = jobs.map(([, name]) => object(name));
    await link(compiler, [...objects, ...(await importLibrary(work))], library, linking);
    renameSync(library, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Linked to the compiler's own libraries statically, where it has them so; else as it can. */
async function link(compiler, objects, library, flags) {
  try {
    await run(compiler, [...objects, ...flags, '-o', library]);
  } catch {
    await run(compiler, [...objects, ...flags.filter((flag) => !flag.startsWith('-static')), '-o', library]);
  }
}

/** Windows wants to know at link time where Node's functions come from. */
async function importLibrary(work) {
  if (process.platform !== 'win32') return [];
  const require = createRequire(import.meta.url);
  const definitions = path.join(path.dirname(require.resolve('node-api-headers/package.json')), 'def', 'node_api.def');
  const library = path.join(work, 'node_api.lib');
  await run('dlltool', ['-d', definitions, '-y', library]).catch(() =>
    run('llvm-dlltool', ['-m', 'i386:x86-64', '-d', definitions, '-l', library]),
  );
  return [library];
}

function reasonOf(error) {
  const text = String(error?.stderr || error?.message || error);
  return (text.split('\n').find((line) => /error/i.test(line)) ?? text.split('\n')[0]).trim().replace(/\.$/, '');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { path: made, built } = await buildNative({
    quiet: process.argv.includes('--quiet'),
    sanitize: process.argv.includes('--sanitize'),
  });
  if (made && !process.argv.includes('--quiet'))
    console.error(`${built ? 'Built' : 'Up to date'}: ${path.relative(root, made)}`);
}
