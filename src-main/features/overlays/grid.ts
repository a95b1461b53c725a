/** Seconds from frame to frame where one looks closely. */
export const HOP = 0.01;
/** Of a hop: what seconds in addresses are rounded by. */
const SLACK = 1e-6;

/** Frames of even steps: frame i is centred on i * hop seconds of the clip. */
export interface Grid {
  first: number;
  count: number;
  hop: number;
}

/**
 * The frames centred from `start` to before `end`, seconds, at most `points` of them: every 10 ms, or every 20, 40, ... All steps
 * begin at 0, so that two parts of one step share their frames, and each step has every second frame of the one before.
 */
export function gridOf(start: number, end: number, points: number): Grid {
  const doublings = Math.ceil(Math.log2((end - start) / (HOP * points)) - SLACK);
  const hop = HOP * 2 ** Math.max(0, doublings);
  const at = (seconds: number) => Math.max(0, Math.ceil(seconds / hop - SLACK));
  const first = at(start);
  return { first, hop, count: Math.min(points, at(end) - first) };
}
