import type { LossCalls } from '../native/calls/losses.ts';
import { logAdd, logSoftmax } from '../log-space.ts';

/**
 * What the native kernels of losses compute, in plain loops of double precision: the readable reference, and what runs on the
 * other backends.
 */
export const plainLosses: LossCalls = {
  crossEntropy(rows, classes, logits, targets, weights, smoothing, gradient) {
    const w = weights ?? new Float32Array(classes).fill(1);
    const allWeights = w.reduce((sum, weight) => sum + weight, 0);
    let counted = 0;
    for (const target of targets) if (target >= 0) counted += w[target];
    const share = counted > 0 ? 1 / counted : 0;
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const target = targets[row];
      if (target < 0) continue;
      const logP = logSoftmax(logits.subarray(row * classes, (row + 1) * classes), classes);
      const own = (1 - smoothing) * w[target] * share;
      const spread = (smoothing / classes) * share;
      for (let i = 0; i < classes; i++) {
        const wanted = spread * w[i] + (i === target ? own : 0);
        // A class that is not wanted does not count, be it impossible.
        if (wanted > 0) loss -= wanted * logP[i];
        if (gradient) gradient[row * classes + i] = (own + spread * allWeights) * Math.exp(logP[i]) - wanted;
      }
    }
    return counted > 0 ? loss : NaN;
  },

  ctc(...args) {
    const [batch, time, classes, blank, logits, lengths, targetLengths, targets] = args;
    const [zeroInfinity, factors, losses, gradient] = args.slice(8) as [boolean, ...Float32Array[]];
    for (let b = 0, next = 0; b < batch; next += targetLengths[b++]) {
      const first = b * time * classes;
      const end = first + lengths[b] * classes;
      const target = targets.subarray(next, next + targetLengths[b]);
      const logP = logSoftmax(logits.subarray(first, end), classes);
      const { loss, occupancy } = ctcSequence(logP, classes, target, blank);
      const impossible = loss === Infinity;
      losses[b] = impossible && zeroInfinity ? 0 : loss;
      if (!gradient) continue;
      if (impossible) gradient.fill(zeroInfinity ? 0 : NaN, first, end);
      else for (let i = 0; i < logP.length; i++) gradient[first + i] = factors[b] * (Math.exp(logP[i]) - occupancy[i]);
    }
  },
};

/**
 * One sequence. `occupancy` [time, classes] is the expected number of times that a frame emits a class, given the target: the
 * loss has the gradient softmax - occupancy in the logits (Graves 2006, equation 16).
 */
function ctcSequence(logP: Float64Array, classes: number, target: Int32Array, blank: number) {
  const time = logP.length / classes;
  // A blank before, between and after the labels.
  const states = [blank, ...Array.from(target).flatMap((label) => [label, blank])];
  const last = states.length - 1;
  const forward = pathSums(logP, classes, states);
  const backward = pathSums(reversed(logP, classes), classes, states.toReversed());
  const total = logAdd(forward[time - 1][last], last > 0 ? forward[time - 1][last - 1] : -Infinity);
  const occupancy = new Float64Array(logP.length);
  for (let t = 0; t < time; t++)
    for (let s = 0; s <= last; s++) {
      const at = t * classes + states[s];
      // Both count the frame's own emission.
      const through = forward[t][s] + backward[time - 1 - t][last - s] - logP[at];
      if (forward[t][s] !== -Infinity) occupancy[at] += Math.exp(through - total);
    }
  return { loss: -total, occupancy };
}

/** [time][states]: ln of the sum over all paths that begin in the first blank or label and are in a state after a frame. */
function pathSums(logP: Float64Array, classes: number, states: number[]): Float64Array[] {
  const sums: Float64Array[] = [];
  let before = new Float64Array(states.length).fill(-Infinity);
  for (let t = 0; t * classes < logP.length; t++) {
    const now = states.map((label, s) => {
      let sum = t === 0 && s < 2 ? 0 : before[s];
      if (s >= 1) sum = logAdd(sum, before[s - 1]);
      // Over a blank, unless it parts two labels that are the same.
      if (s >= 2 && label !== states[s - 2]) sum = logAdd(sum, before[s - 2]);
      return sum + logP[t * classes + label];
    });
    before = Float64Array.from(now);
    sums.push(before);
  }
  return sums;
}

/** The frames in the other order. */
function reversed(frames: Float64Array, size: number): Float64Array {
  const turned = new Float64Array(frames.length);
  for (let from = 0, to = frames.length - size; to >= 0; from += size, to -= size)
    turned.set(frames.subarray(from, from + size), to);
  return turned;
}
