/** Which reference values each backend of this machine gives, and which operations it lacks. */
import { buildAddon } from './addon.mjs';
import { spawnTool } from './tools.mjs';

export async function run(args) {
  console.error(await buildAddon());
  return spawnTool('tests/engine/golden/table.ts', args);
}
