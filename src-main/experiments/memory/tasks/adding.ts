import type { MadeTask } from '../types.ts';

/** Frames at the beginning, of which the last and one other are marked. */
const LEAD = 5;
const CHANNELS = ['value', 'marker', 'go'];
/** Sums this near to 1 are left out: which side they lie on is beyond what is asked for. */
const MARGIN = 0.1;

/**
 * Random values from 0 to 1, two of them marked: is their sum above 1? After the adding problem of Hochreiter and Schmidhuber
 * (1997), who asked for the sum itself; a classifier is asked for the side of 1 it lies on.
 */
export const adding: MadeTask = {
  channels: CHANNELS,
  classes: ['below 1', 'above 1'],
  frames: (distance) => LEAD + distance + 1,
  spans: (distance) => [
    { from: 0, to: LEAD, kind: 'cue', words: 'two marked' },
    { from: LEAD, to: LEAD + distance, kind: 'distractors', words: 'unmarked values' },
    { from: LEAD + distance, to: LEAD + distance + 1, kind: 'go', words: 'go' },
  ],
  write(out, distance, label, random) {
    const width = CHANNELS.length;
    for (let t = 0; t < LEAD + distance; t++) out[t * width] = random.uniform();
    const first = random.below(LEAD - 1);
    let a: number;
    let b: number;
    do [a, b] = [random.uniform(), random.uniform()];
    while (Math.abs(a + b - 1) < MARGIN || a + b > 1 !== (label === 1));
    for (const [t, value] of [
      [first, a],
      [LEAD - 1, b],
    ]) {
      out[t * width] = value;
      out[t * width + 1] = 1;
    }
    out[(LEAD + distance) * width + 2] = 1;
  },
};
