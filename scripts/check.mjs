/** All that can be checked without running Hark. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ROOT } from './node.mjs';
import { binOf, spawnTool } from './tools.mjs';

const rooms = ['src-main', 'src-shared', 'src-renderer', 'src-native', 'tests', 'bench', 'scripts'].filter((room) =>
  existsSync(path.join(ROOT, room)),
);
const code = rooms.filter((room) => room !== 'src-native');

const steps = [
  ...['.', 'src-main', 'src-shared', 'src-renderer'].map((project) => ({
    words: `types of ${project === '.' ? 'the whole' : project}`,
    tool: ['typescript', 'tsc'],
    args: ['--noEmit', '-p', project],
  })),
  { words: 'lint', tool: ['eslint'], args: ['--max-warnings', '0', ...code] },
  { words: 'rules of the house', tool: ['dependency-cruiser', 'depcruise'], args: ['--output-type', 'err', ...code] },
  {
    words: 'formatting',
    tool: ['prettier'],
    args: ['--check', '--log-level', 'warn', ...code.map((room) => `${room}/**/*.{ts,tsx,mjs,css}`), '*.{ts,mjs}'],
  },
];

/** Runs every check, as many at once as there are cores, the later ones even when an earlier one fails. Answers how many failed. */
export async function check() {
  const waiting = [...steps];
  let failed = 0;
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const ok = (await spawnTool(binOf(...step.tool), step.args, { output: 'on failure' })) === 0;
      console.log(`${ok ? 'ok    ' : 'FAILED'} ${step.words}`);
      if (!ok) failed++;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return failed;
}

export const run = async () => ((await check()) === 0 ? 0 : 1);
