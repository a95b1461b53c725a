#!/usr/bin/env node
/**
 * Where every npm script begins: finds a Node new enough, then runs one command of the table. Plain JavaScript that Node 18 can read,
 * so that an old Node ends with a sentence and not with a stack.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundledNode, isNewEnough, tooOld } from './node.mjs';

/** Each module's `run(args)` answers the exit code. */
const commands = {
  start: { words: 'open the lab in a window (npm start -- --help)', load: () => import('./start.mjs') },
  cli: { words: 'the command line (npm run -s hark -- --help)', load: () => import('./cli.mjs') },
  bench: { words: 'a benchmark by name', load: () => import('./bench.mjs') },
  backends: {
    words: 'which reference values each backend gives, and what it lacks',
    load: () => import('./backends.mjs'),
  },
  guide: {
    words: 'the guide’s pictures, taken anew (npm run guide -- FOLDER of FSDD)',
    load: () => import('./guide.mjs'),
  },
  dev: { words: 'the lab, built again at each change of a source', load: () => import('./dev.mjs') },
  build: { words: 'build the window and the Electron app', load: () => import('./build.mjs') },
  check: { words: 'types, lint, the rules of the house, formatting', load: () => import('./check.mjs') },
  test: { words: 'build, check and run all tests (or those named)', load: () => import('./test.mjs') },
  sanitized: { words: 'the kernels’ tests on a build that watches its memory', load: () => import('./sanitized.mjs') },
  package: { words: 'installers for this system, by electron-builder', load: () => import('./package.mjs') },
};

const [name, ...rest] = process.argv.slice(2);
process.exitCode = await launch();

async function launch() {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : null;
  if (!command) {
    console.error(`usage: node scripts/launch.mjs COMMAND [...]\n${usage()}`);
    return 2;
  }
  if (isNewEnough(process.versions.node)) {
    quietAboutTypes();
    return (await command.load()).run(rest);
  }
  const node = bundledNode();
  if (!node) {
    console.error(tooOld(process.versions.node));
    return 1;
  }
  return handOver(node, [fileURLToPath(import.meta.url), name, ...rest]);
}

/** Runs the same command with another Node; what this process is told to do, that one is told. */
function handOver(node, args) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function usage() {
  return Object.entries(commands)
    .map(([key, { words }]) => `  ${key.padEnd(8)} ${words}`)
    .join('\n');
}

/** Node 22 calls running TypeScript an experiment at each start; that is no news to who uses Hark. */
function quietAboutTypes() {
  const warn = process.emitWarning;
  process.emitWarning = (warning, ...details) => {
    const kind = typeof details[0] === 'object' ? details[0]?.type : details[0];
    if (kind !== 'ExperimentalWarning' || !String(warning).includes('Type Stripping'))
      warn.call(process, warning, ...details);
  };
}
