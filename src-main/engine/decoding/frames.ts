import { HarkError } from '#shared/domain/errors.ts';
import { logSoftmax } from '../log-space.ts';

export interface DecodingOptions {
  /** The class that stands for no label. */
  blank?: number;
}

/** Where a label lies: frames from..to-1. */
export interface LabelSpan {
  label: number;
  from: number;
  to: number;
}

/**
 * The log probabilities of one clip's frames.
 * @param logits [time, classes], raw outputs or log probabilities (which log-softmax leaves as they are)
 * @throws HarkError `internal` when the sizes do not fit, `bad-input` when an output is no number
 */
export function logProbabilities(logits: Float32Array, classes: number, blank: number): Float64Array {
  if (!(Number.isInteger(classes) && classes >= 1 && logits.length % classes === 0))
    throw new HarkError('internal', `Decoding: ${logits.length} outputs are no frames of ${classes} classes.`);
  if (!(Number.isInteger(blank) && blank >= 0 && blank < classes))
    throw new HarkError('internal', `Decoding: blank ${blank} of ${classes} classes.`, { where: 'blank' });
  const logP = logSoftmax(logits, classes);
  const odd = logP.findIndex(Number.isNaN);
  if (odd >= 0)
    throw new HarkError('bad-input', `The network’s output in frame ${Math.floor(odd / classes)} is not a number.`, {
      where: 'logits',
      remedy: 'Train the network again, with a lower learning rate.',
    });
  return logP;
}

/** The runs of labels in a path of one class per frame: neighbours that are the same merge, blanks go. */
export function spansOf(path: ArrayLike<number>, blank: number): LabelSpan[] {
  const spans: LabelSpan[] = [];
  for (let t = 0; t < path.length; t++) {
    if (path[t] === blank) continue;
    if (t > 0 && path[t] === path[t - 1]) spans.at(-1)!.to++;
    else spans.push({ label: path[t], from: t, to: t + 1 });
  }
  return spans;
}
