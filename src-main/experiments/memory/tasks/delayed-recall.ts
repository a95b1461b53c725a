import type { MadeTask } from '../types.ts';

const SYMBOLS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const DISTRACTORS = ['w', 'x', 'y', 'z'];
const GO = SYMBOLS.length + DISTRACTORS.length;
/** Standard deviation of the noise on every input. */
const NOISE = 0.1;

/**
 * One of eight symbols at the first frame, then distractors, then a go signal: which symbol was it? The simplest form of the task
 * with which Bengio, Simard and Frasconi (1994) showed that gradients vanish.
 */
export const delayedRecall: MadeTask = {
  channels: [...SYMBOLS, ...DISTRACTORS, 'go'],
  classes: SYMBOLS,
  frames: (distance) => distance + 2,
  spans: (distance) => [
    { from: 0, to: 1, kind: 'cue', words: 'cue' },
    { from: 1, to: distance + 1, kind: 'distractors', words: 'distractors' },
    { from: distance + 1, to: distance + 2, kind: 'go', words: 'go' },
  ],
  write(out, distance, label, random) {
    const width = GO + 1;
    for (let i = 0; i < out.length; i++) out[i] = NOISE * random.normal();
    out[label]++;
    for (let t = 1; t <= distance; t++) out[t * width + SYMBOLS.length + random.below(DISTRACTORS.length)]++;
    out[(distance + 1) * width + GO]++;
  },
};
