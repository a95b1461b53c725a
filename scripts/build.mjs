/** The built app in `out/`: made anew only when a source has changed since, by content. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './node.mjs';
import { binOf, spawnTool } from './tools.mjs';

const SOURCES = ['src-shared', 'src-main', 'src-renderer', 'resources'];
const SETTINGS = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];
const BUILT = ['out/renderer/index.html', 'out/main/electron.js'];
const stamp = (root) => path.join(root, 'out/sources.sha256');

/** SHA-256 over names and contents of all that the build reads. */
export function hashSources(root = ROOT) {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((folder) =>
    existsSync(path.join(root, folder))
      ? readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      : [],
  );
  for (const file of [...SETTINGS, ...files.sort()]) {
    if (!existsSync(path.join(root, file))) continue;
    hash
      .update(`${file.replaceAll(path.sep, '/')}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

export function isBuilt(hash, root = ROOT) {
  return (
    BUILT.every((file) => existsSync(path.join(root, file))) &&
    existsSync(stamp(root)) &&
    readFileSync(stamp(root), 'utf8').trim() === hash
  );
}

/** Builds if a source has changed. Answers the exit code; `say` hears one line when there is work. */
export async function ensureBuilt(say = console.error) {
  const hash = hashSources();
  if (isBuilt(hash)) return 0;
  say('Building the window (a few seconds, after a change of the sources only).');
  rmSync(stamp(ROOT), { force: true });
  const code = await spawnTool(binOf('electron-vite'), ['build', '--logLevel', 'warn'], { output: 'on failure' });
  if (code !== 0) return code;
  mkdirSync(path.dirname(stamp(ROOT)), { recursive: true });
  writeFileSync(stamp(ROOT), `${hash}\n`);
  return 0;
}

export async function run() {
  const { buildAddon } = await import('./addon.mjs');
  console.error(await buildAddon());
  rmSync(stamp(ROOT), { force: true });
  return ensureBuilt();
}
