/** Installers for this system, by electron-builder into `dist/`; arguments go to it as they are. */
import { buildAddon } from './addon.mjs';
import { ensureBuilt } from './build.mjs';
import { binOf, spawnTool } from './tools.mjs';

export async function run(args) {
  console.error(await buildAddon());
  const code = await ensureBuilt();
  return code === 0 ? spawnTool(binOf('electron-builder'), ['--publish', 'never', ...args]) : code;
}
