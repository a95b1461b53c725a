import { logProbabilities, spansOf, type DecodingOptions, type LabelSpan } from './frames.ts';

export interface GreedyResult {
  labels: number[];
  /** Of the one best path, not of all paths that spell these labels. */
  logProbability: number;
  /** The frames of each label. */
  spans: LabelSpan[];
}

/**
 * The likeliest class of every frame, neighbours merged and blanks left out (Graves et al. 2006, best path decoding).
 * @param logits [time, classes] of one clip, or log probabilities
 * @throws HarkError as logProbabilities
 */
export function greedyDecode(logits: Float32Array, classes: number, { blank = 0 }: DecodingOptions = {}): GreedyResult {
  const logP = logProbabilities(logits, classes, blank);
  const path = new Int32Array(logP.length / classes);
  let logProbability = 0;
  path.forEach((_, t) => {
    const frame = logP.subarray(t * classes, (t + 1) * classes);
    for (let i = 1; i < classes; i++) if (frame[i] > frame[path[t]]) path[t] = i;
    logProbability += frame[path[t]];
  });
  const spans = spansOf(path, blank);
  return { labels: spans.map(({ label }) => label), logProbability, spans };
}
