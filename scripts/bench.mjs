import { spawnTool } from './tools.mjs';

export const run = (args) => spawnTool('bench/run.ts', args);
