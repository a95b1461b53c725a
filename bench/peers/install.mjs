#!/usr/bin/env node
/**
 * Installs what Hark is measured beside, as far as this machine can have it, and says what it cannot. Nothing of it is needed to
 * use Hark. Each peer is tried by itself; one that is there already is left as it is.
 *
 *   node bench/peers/install.mjs [pip] [debian] [tfjs]      (all of them without a word)
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SHARED = path.resolve(process.env.HARK_SHARED ?? path.join(ROOT, '../shared'));
const VENV = path.join(ROOT, '.peers/venv');
const VENV_PYTHON = path.join(VENV, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
const SYSTEM_PYTHON = '/usr/bin/python3';

/** Runs a command in the project's folder. @returns whether it ended well, and what it said */
function run(command, args, environment = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  return { ok: status === 0, said: `${stdout ?? ''}${stderr ?? ''}`.trim() };
}

const has = (python, module) => run(python, ['-c', `import ${module}`]).ok;
const lastLine = (text) => text.split('\n').at(-1);

/** torch 2.13, which the targets of `bench train` and `bench infer` are about, and librosa, into a Python of their own. */
function pip() {
  if (!existsSync(VENV_PYTHON) && !run('python3', ['-m', 'venv', VENV]).ok)
    return ['torch 2.13 and librosa: no Python that can make an environment (Debian: python3-venv)'];
  return [
    ['torch', 'torch==2.13.*'],
    ['librosa', 'librosa'],
  ].map(([module, wanted]) => {
    if (has(VENV_PYTHON, module)) return `${module}: in .peers/venv already`;
    const options = ['-q', '--retries', '0', '--timeout', '10', '--disable-pip-version-check'];
    const { ok, said } = run(VENV_PYTHON, ['-m', 'pip', 'install', ...options, wanted, 'numpy']);
    return `${module}: ${ok ? 'installed in .peers/venv' : `pip cannot install ${wanted} here (${lastLine(said)})`}`;
  });
}

/** Debian's torch 1.13 and torchaudio 0.13: what `bench features` and `bench epoch` are beside, and `train` where there is no newer. */
function debian() {
  const packages = ['python3-torch', 'python3-torchaudio'];
  const there = () => has(SYSTEM_PYTHON, 'torch, torchaudio');
  if (there()) return ['torch and torchaudio of the system: there already'];
  const byHand = `install ${packages.join(' and ')}, or set PEER_PYTHON to a Python with torch and torchaudio`;
  if (!run('apt-get', ['--version']).ok || process.getuid?.() !== 0)
    return [`torch and torchaudio of the system: ${byHand}`];
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    DEBIAN_FRONTEND: 'noninteractive',
  });
  return [`torch and torchaudio of the system: ${there() ? 'installed' : `apt-get could not; ${byHand}`}`];
}

/** tfjs-node as npm installed it, else built by the script among the shared peers. */
function tfjs() {
  const script = path.join(SHARED, 'peers/tfjs-node.sh');
  // Its loader calls what Node 23 removed; that its library is there is what matters.
  const there = () =>
    run(process.execPath, [
      '-e',
      `require('fs').accessSync(require('path').join(require.resolve('@tensorflow/tfjs-node/package.json'), '../lib/napi-v8/tfjs_binding.node'))`,
    ]).ok;
  if (there()) return ['tfjs-node: there already'];
  if (!existsSync(script)) return [`tfjs-node: npm could not install it, and ${script} is not there to build it`];
  const { ok, said } = run('bash', [script]);
  return [`tfjs-node: ${ok && there() ? 'built' : `cannot be built here (${lastLine(said)})`}`];
}

const steps = { pip, debian, tfjs };
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`usage: node bench/peers/install.mjs [${Object.keys(steps).join('] [')}], not ${unknown.join(', ')}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : Object.keys(steps)) for (const line of steps[name]()) console.log(line);
