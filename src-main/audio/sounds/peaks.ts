import { Range, readLane, seeLane, type Pyramid, type Run } from '../signal/pyramid.ts';

/** Where fewer samples than this fall to a point, all are read rather than looked up. */
const FINE = 1024;

/**
 * Lowest and highest sample of each of `points` equal stretches of samples [from, end): what a waveform is drawn from.
 * Exact at every zoom.
 * @param runs of one channel or of the mix @param pyramids of the runs' lanes; null: the samples themselves are read
 * @param points at least 1; where there are fewer samples than points, neighbours share a sample
 * @returns [points, 2]: min, max of the first stretch, of the second, ...; no samples: a flat line
 */
export function peaksOf(
  runs: readonly Run[],
  pyramids: readonly (Pyramid | null)[],
  from: number,
  end: number,
  points: number,
): Float32Array<ArrayBuffer> {
  const pairs = new Float32Array(2 * points);
  const count = end - from;
  if (count <= 0) return pairs;
  const see = count <= FINE * points ? seesRead(runs, from, end) : seesLookedUp(runs, pyramids);
  for (let point = 0; point < points; point++) {
    const first = Math.floor((point * count) / points);
    const last = Math.max(first + 1, Math.floor(((point + 1) * count) / points));
    const range = new Range();
    see(from + first, from + last, range);
    pairs[2 * point] = range.low;
    pairs[2 * point + 1] = range.high;
  }
  return pairs;
}

type See = (from: number, end: number, range: Range) => void;

/** All samples at once. */
function seesRead(runs: readonly Run[], from: number, end: number): See {
  const samples = new Float32Array(end - from);
  eachOf(runs, from, end, ({ lane }, first, last, at) =>
    readLane(lane, first, samples.subarray(at - from, at - from + last - first)),
  );
  return (first, last, range) => range.samples(samples.subarray(first - from, last - from));
}

function seesLookedUp(runs: readonly Run[], pyramids: readonly (Pyramid | null)[]): See {
  return (from, end, range) =>
    eachOf(runs, from, end, ({ lane }, first, last, _, index) => seeLane(lane, pyramids[index], first, last, range));
}

/** The parts of runs that make up samples [from, end): `first` and `last` in the lane, `at` in the whole. */
function eachOf(
  runs: readonly Run[],
  from: number,
  end: number,
  use: (run: Run, first: number, last: number, at: number, index: number) => void,
): void {
  let start = 0;
  for (const [index, run] of runs.entries()) {
    const low = Math.max(from, start);
    const high = Math.min(end, start + run.frames);
    if (low < high) use(run, run.from + low - start, run.from + high - start, low, index);
    start += run.frames;
    if (start >= end) return;
  }
}
