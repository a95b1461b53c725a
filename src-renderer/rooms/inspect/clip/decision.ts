import type { Course } from '../../../client/bulk.ts';

export interface Decision {
  /** Index of the class that it says in the end. */
  answer: number;
  /** Frames after which it says so and never anything else. */
  frames: number;
  /** Seconds into the clip at which the last of them stands. */
  seconds: number;
}

/** When a network made up its mind: from which end on its likeliest class is that of the whole clip. */
export function decisionOf({ ends, probabilities, start, hop }: Course): Decision {
  const likeliest = (row: number) =>
    probabilities.reduce((best, one, index) => (one[row] > probabilities[best][row] ? index : best), 0);
  let row = ends.length - 1;
  const answer = likeliest(row);
  while (row > 0 && likeliest(row - 1) === answer) row--;
  return { answer, frames: ends[row], seconds: start + (ends[row] - 1) * hop };
}

/** Classes worth a curve: the truth, the answer, and those that were ever likeliest or nearly so; at most `most`. */
export function worthACurve({ probabilities }: Course, always: readonly number[], most: number): number[] {
  const peaks = probabilities.map((values) => values.reduce((a, b) => Math.max(a, b), 0));
  const others = [...peaks.keys()].filter((index) => !always.includes(index)).sort((a, b) => peaks[b] - peaks[a]);
  return [...new Set([...always, ...others])].slice(0, most);
}
