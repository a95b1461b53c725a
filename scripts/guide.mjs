import { spawnTool } from './tools.mjs';

export const run = (args) => spawnTool('scripts/guide-pictures.ts', args);
