import { HOLDS, MEMORY_TASK_WORDS, reachOf, type KeptMemoryRun } from '#shared/domain/memory.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { Advice } from '#shared/domain/sweep.ts';
import { percent, seedWords, type Rule } from './words.ts';

/** What the memory laboratory found of how far the cells remember, on made sequences. */
export const laboratory: Rule = ({ memory }) => {
  const about = { id: 'memory-laboratory', topic: 'memory', asks: 'How far does each cell remember?' } as const;
  if (memory.length === 0)
    return {
      ...{ ...about, strength: 'open', evidence: [] },
      says: 'No experiment of the memory laboratory has been run in this lab yet.',
      next: { factor: null, words: 'Run one: room Inspect, page Memory.' },
    };
  return {
    ...{ ...about, next: null },
    says: `${memory.map(reachWords).join(' ')} These are made sequences: what the cells can do, not what this dataset asks.`,
    strength: memory.some(isApart) ? 'shown' : 'hint',
    evidence: memory.map(cite),
  };
};

function reachWords(run: KeptMemoryRun): string {
  const reaches = run.settings.cells.map((cell) => {
    const reach = reachOf(run, cell);
    return `${CELL_NAMES[cell]} ${reach === 0 ? 'at no distance tried' : `to ${reach} frames`}`;
  });
  return `${MEMORY_TASK_WORDS[run.settings.task].name}, at least ${percent(HOLDS)} right: ${reaches.join(', ')}.`;
}

/** Whether the 95 % intervals of two cells stay apart at some distance. */
const isApart = ({ points }: KeptMemoryRun): boolean =>
  points.some((one) => points.some((other) => other.distance === one.distance && other.interval[1] < one.interval[0]));

function cite(run: KeptMemoryRun): Advice['evidence'][number] {
  const { cells, distances, seeds, task } = run.settings;
  const longest = distances.at(-1)!;
  const scores = cells.flatMap((cell) => {
    const point = run.points.find((one) => one.cell === cell && one.distance === longest);
    if (!point) return [];
    const [low, high] = point.interval;
    return [`${CELL_NAMES[cell]} ${percent(point.accuracy)} (95 % interval ${percent(low)} to ${percent(high)})`];
  });
  return {
    ...{ kind: 'memory', id: null, name: MEMORY_TASK_WORDS[task].name },
    says: `Over ${longest} frames: ${scores.join(', ')}; chance ${percent(1 / run.classes)} (n = ${run.testSequences} test sequences, ${seedWords(seeds.length)}).`,
  };
}
