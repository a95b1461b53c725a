/** Electron's runtime: whether this machine can show its window, fetching it at the first start. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './node.mjs';
import { spawnTool } from './tools.mjs';

/** Why no window can be shown here, or null. */
export function noWindowReason(platform = process.platform, environment = process.env, user = process.getuid?.()) {
  if (platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY) return 'There is no display here';
  if (platform === 'linux' && user === 0) return 'Electron does not run for root in its sandbox';
  return null;
}

/** Path of the runtime's program, or null when it has not been fetched. */
export function electronPath(root = ROOT) {
  const folder = path.join(root, 'node_modules/electron');
  const name = path.join(folder, 'path.txt');
  if (!existsSync(name)) return null;
  const file = path.join(
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist'),
    readFileSync(name, 'utf8').trim(),
  );
  return existsSync(file) ? file : null;
}

/** @returns {Promise<{ path: string } | { reason: string }>} */
export async function findElectron() {
  const reason = noWindowReason();
  if (reason) return { reason };
  const present = electronPath();
  if (present) return { path: present };
  const install = path.join(ROOT, 'node_modules/electron/install.js');
  if (!existsSync(install)) return { reason: 'Electron is not installed' };
  console.error('Fetching Electron’s runtime (about 100 MB, at the first start only).');
  await spawnTool(install, [], { output: 'none' });
  const fetched = electronPath();
  return fetched ? { path: fetched } : { reason: 'Electron’s runtime cannot be fetched here' };
}

/** Runs the built app; answers how it ended. */
export function startElectron(program, args) {
  return new Promise((resolve) => {
    const environment = { ...process.env };
    // Set by some editors' terminals; it would make Electron a plain Node.
    delete environment.ELECTRON_RUN_AS_NODE;
    const child = spawn(program, [ROOT, ...args], { stdio: 'inherit', env: environment });
    const stop = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
    child.on('error', () => resolve({ code: 127, signal: null }));
    child.on('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, stop);
      resolve({ code, signal });
    });
  });
}

/** A missing library (127) or a trap before the first window: the sandbox is forbidden, or there is no usable display. */
export function electronFailedToStart({ code, signal }) {
  return (
    code === 127 ||
    ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL'].includes(signal ?? '') ||
    [132, 133, 134, 139].includes(code)
  );
}
