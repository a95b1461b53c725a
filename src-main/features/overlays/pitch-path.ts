import type { Candidate } from './yin.ts';

/** Octaves a second that a pitch moves at most: Mauch and Dixon's 35.92. */
const FASTEST = 35.92;
/** Changes a second between voiced and unvoiced: 1 % in 10 ms. */
const SWITCHES = 1.01;
/** What it weighs that none is the right one: as in pYIN, where it is shared by some 400 bins. */
const UNVOICED = 1 / 400;
const LEAST = 1e-12;

/**
 * The most probable course of a pitch through the candidates of each frame, or through none (Viterbi's algorithm). As the hidden
 * Markov model of pYIN, but for its states: they are the candidates themselves, not bins of pitch, so that values are exact.
 * @param hop seconds from frame to frame
 * @returns [frames] Hz; NaN where unvoiced
 */
export function pathThrough(frames: readonly (readonly Candidate[])[], hop: number): Float32Array<ArrayBuffer> {
  const change = 0.5 * (1 - Math.exp(-2 * SWITCHES * hop));
  const [stay, turn] = [Math.log(1 - change), Math.log(change)];
  const reach = FASTEST * hop;

  /** ln of how well a pitch follows another; no frequency: unvoiced. */
  function transition(from: number, to: number): number {
    if (Number.isNaN(from) !== Number.isNaN(to)) return turn;
    if (Number.isNaN(from)) return stay;
    return stay + Math.log(Math.max(LEAST, 1 - Math.abs(Math.log2(to / from)) / reach));
  }

  const states = frames.map(statesOf);
  /** The state before each, on the best way to it. */
  const before: Int32Array[] = [];
  let scores: number[] = [];
  states.forEach((here, frame) => {
    const from = states[frame - 1];
    const back = new Int32Array(here.length);
    const next = here.map(({ frequency, evidence }, state) => {
      if (!from) return evidence;
      let best = -Infinity;
      from.forEach((other, index) => {
        const score = scores[index] + transition(other.frequency, frequency);
        if (score > best) [best, back[state]] = [score, index];
      });
      return best + evidence;
    });
    before.push(back);
    scores = next;
  });

  const out = new Float32Array(frames.length);
  let state = scores.indexOf(Math.max(...scores));
  for (let frame = frames.length - 1; frame >= 0; frame--) {
    out[frame] = states[frame][state].frequency;
    state = before[frame][state];
  }
  return out;
}

/** A frame's candidates, and that it is unvoiced, with the logarithms of what speaks for them. */
function statesOf(candidates: readonly Candidate[]): { frequency: number; evidence: number }[] {
  const voiced = candidates.reduce((sum, { probability }) => sum + probability, 0);
  return [
    { frequency: NaN, evidence: Math.log(Math.max(LEAST, UNVOICED * (1 - voiced))) },
    ...candidates.map(({ frequency, probability }) => ({
      frequency,
      evidence: Math.log(Math.max(LEAST, probability)),
    })),
  ];
}
