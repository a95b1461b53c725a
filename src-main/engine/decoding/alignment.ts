import { HarkError } from '#shared/domain/errors.ts';
import { logProbabilities, type DecodingOptions, type LabelSpan } from './frames.ts';

export interface Alignment {
  /** The frames of each label; frames between them are blank. */
  spans: LabelSpan[];
  /** Of this one path. */
  logProbability: number;
}

/**
 * Forced alignment: the likeliest of all paths that spell the given labels (Viterbi over the states of CTC).
 * @param logits [time, classes] of one clip, or log probabilities
 * @param labels 0..classes-1 without the blank
 * @throws HarkError as logProbabilities; `internal` for labels that are none; `bad-input` when the frames cannot spell them
 */
export function forcedAlignment(
  logits: Float32Array,
  classes: number,
  labels: ArrayLike<number>,
  { blank = 0 }: DecodingOptions = {},
): Alignment {
  const wanted = Array.from(labels);
  for (const label of wanted)
    if (!(Number.isInteger(label) && label >= 0 && label < classes && label !== blank))
      throw new HarkError('internal', `Alignment: label ${label} of ${classes} classes with blank ${blank}.`);
  const alignment = viterbi(logProbabilities(logits, classes, blank), classes, wanted, blank);
  if (alignment === null)
    throw new HarkError('bad-input', `${logits.length / classes} frames cannot spell ${wanted.length} labels.`, {
      where: 'labels',
      remedy: 'Check that the labels belong to this clip, or use a shorter hop.',
    });
  return alignment;
}

/** forcedAlignment of what was checked. @returns null when no path spells the labels */
export function viterbi(logP: Float64Array, classes: number, labels: number[], blank: number): Alignment | null {
  const time = logP.length / classes;
  // A blank before, between and after the labels.
  const states = [blank, ...labels.flatMap((label) => [label, blank])];
  const size = states.length;
  /** How many states the best path moved on when it came into a state. */
  const steps = new Uint8Array(time * size);
  let scores = new Float64Array(size).fill(-Infinity);
  // Before the first frame.
  scores[0] = 0;
  for (let t = 0; t < time; t++) {
    const before = scores;
    scores = new Float64Array(size);
    for (let s = 0; s < size; s++) {
      let step = 0;
      if (s >= 1 && before[s - 1] > before[s]) step = 1;
      // Over a blank, unless it parts two labels that are the same.
      if (s >= 2 && states[s] !== states[s - 2] && before[s - 2] > before[s - step]) step = 2;
      scores[s] = before[s - step] + logP[t * classes + states[s]];
      steps[t * size + s] = step;
    }
  }
  let state = size > 1 && scores[size - 2] >= scores[size - 1] ? size - 2 : size - 1;
  const logProbability = scores[state];
  if (logProbability === -Infinity) return null;

  const spans = labels.map((label): LabelSpan => ({ label, from: 0, to: 0 }));
  for (let t = time - 1; t >= 0; t--) {
    if (state % 2 === 1) {
      const span = spans[(state - 1) / 2];
      span.from = t;
      span.to ||= t + 1;
    }
    state -= steps[t * size + state];
  }
  return { spans, logProbability };
}
