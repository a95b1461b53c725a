import type { MadeTask } from '../types.ts';

const BANDS = 10;
/** Frames that a phone lasts. */
const LENGTH = 2;
/** Bands in which the first two formants of a phone stand: A and B, and those that distract from them. */
const FORMANTS = { A: [1, 5], B: [3, 8] } as const;
const DISTRACTORS = [
  [1, 8],
  [3, 5],
  [0, 6],
  [2, 9],
] as const;
const NOISE = 0.1;
const ANSWERS = ['AA', 'AB', 'BA', 'BB'] as const;

/**
 * Two phones, each A or B, with other phones between them: which two, in which order? After the temporal order problem of
 * Hochreiter and Schmidhuber (1997), with spectra of two formants for symbols.
 */
export const phoneOrder: MadeTask = {
  channels: [...Array.from({ length: BANDS }, (_, band) => `band ${band + 1}`), 'go'],
  classes: ANSWERS,
  frames: (distance) => 2 * LENGTH + distance + 1,
  spans: (distance) => [
    { from: 0, to: LENGTH, kind: 'cue', words: 'first' },
    { from: LENGTH, to: LENGTH + distance, kind: 'distractors', words: 'other phones' },
    { from: LENGTH + distance, to: 2 * LENGTH + distance, kind: 'cue', words: 'second' },
    { from: 2 * LENGTH + distance, to: 2 * LENGTH + distance + 1, kind: 'go', words: 'go' },
  ],
  write(out, distance, label, random) {
    const width = BANDS + 1;
    for (let i = 0; i < out.length; i++) out[i] = NOISE * random.normal();
    const say = (formants: readonly number[], from: number, to: number) => {
      for (let t = from; t < to; t++)
        for (const formant of formants)
          for (let band = 0; band < BANDS; band++) out[t * width + band] += bump(band - formant);
    };
    const [first, second] = ANSWERS[label] as unknown as ('A' | 'B')[];
    const end = LENGTH + distance;
    say(FORMANTS[first], 0, LENGTH);
    for (let t = LENGTH; t < end; t += LENGTH) say(random.pick(DISTRACTORS), t, Math.min(end, t + LENGTH));
    say(FORMANTS[second], end, end + LENGTH);
    out[(end + LENGTH) * width + BANDS]++;
  },
};

/** A formant's share of a band so far away: a Gaussian with a deviation of 0.7 bands. */
const bump = (bands: number): number => Math.exp(-0.5 * (bands / 0.7) ** 2);
