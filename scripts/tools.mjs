/** Starting this repository's own tools with the Node that runs now. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './node.mjs';

/** The JavaScript file behind a package's command, so that it runs without a shell on every system. */
export function binOf(name, command = name) {
  const folder = path.join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Runs a script with its output in ours and answers the exit code.
 * @param {string} script relative to the repository, or absolute
 * @param {{ output?: 'ours' | 'on failure' | 'none', environment?: Record<string, string> }} options
 */
export function spawnTool(script, args = [], { output = 'ours', environment = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.resolve(ROOT, script), ...args], {
      cwd: ROOT,
      stdio: output === 'ours' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => said.push(data));
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    // Ctrl+C reaches the whole group by itself; this process waits for the child's own ending.
    const wait = () => {};
    process.on('SIGINT', wait);
    child.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      for (const signal of signals) process.off(signal, forward);
      process.off('SIGINT', wait);
      if (output === 'on failure' && code !== 0) process.stderr.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}
