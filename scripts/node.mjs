/** Which Node runs Hark: it starts `.ts` files as they are, which Node does from 22.18 on. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const NEEDED = '22.18';

/** @param {string} version e.g. "20.20.2" */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  const [neededMajor, neededMinor] = NEEDED.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

/** One line for who has too old a Node. */
export function tooOld(version) {
  return `Hark needs Node ${NEEDED} or newer; this is ${version}. Install a newer one from https://nodejs.org, or run npm ci again to get the Node that comes with Hark.`;
}

/** The Node that `npm ci` put beside the other packages (Linux and Windows), whatever Node the machine has; null without one. */
export function bundledNode(root = ROOT) {
  const name = { linux: 'linux', win32: 'win' }[process.platform];
  const file = path.join(
    root,
    'node_modules',
    `node-${name}-${process.arch}`,
    'bin',
    name === 'win' ? 'node.exe' : 'node',
  );
  return name && existsSync(file) ? file : null;
}
