/**
 * Puts back into package-lock.json what npm leaves out when it writes the file anew, and without which `npm ci` of npm 9 and 10 fails:
 * a package with a `binding.gyp` is compiled at install unless its metadata says `"gypfile": false`; npm reads that metadata from the
 * lock file, but does not write the field there. Run it after each change of the dependencies: `node scripts/lock.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages that bring their binaries ready made beside a `binding.gyp`. */
export const PREBUILT = ['node_modules/better-sqlite3'];

/** The lock file's text with the fields put back and the addresses of registries left out; the same text where nothing was to mend. */
export function mendLock(text) {
  const lock = JSON.parse(text);
  let changed = false;
  for (const name of PREBUILT) {
    const entry = lock.packages[name];
    if (!entry || entry.gypfile === false) continue;
    entry.gypfile = false;
    changed = true;
  }
  for (const entry of Object.values(lock.packages)) {
    if (entry.resolved === undefined) continue;
    delete entry.resolved;
    changed = true;
  }
  return changed ? `${JSON.stringify(lock, null, 2)}\n` : text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.join(import.meta.dirname ?? path.dirname(fileURLToPath(import.meta.url)), '../package-lock.json');
  writeFileSync(file, mendLock(readFileSync(file, 'utf8')));
}
