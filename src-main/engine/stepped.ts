import * as tf from '@tensorflow/tfjs-core';
import { recurrentLayer } from './recurrent.ts';
import type { RecurrentCell, RecurrentOptions, RecurrentWeights } from './types.ts';
import { valuesOf } from './values.ts';

/** States after a frame: h [batch, H] and, of an LSTM, c. */
export interface States {
  h: tf.Tensor2D;
  c?: tf.Tensor2D;
}

/**
 * A recurrent layer run frame by frame, so that each state is a tensor of its own: values and gradients are those of
 * `recurrentLayer`, or with `every` of `truncatedLayer`, at the price of a call a frame.
 * @param x [batch, time, D]
 * @param meet is given the states after each frame, and gives those that the next frame and the output get
 * @param every nothing flows back between the frames on either side of frame `every`, 2 `every`, ...; no such cut by default
 * @returns [batch, time, H], zero beyond each sequence's length
 */
export function steppedLayer(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  { lengths, reverse = false, initial }: Pick<RecurrentOptions, 'lengths' | 'reverse' | 'initial'>,
  meet: (frame: number, states: States) => States,
  every = Infinity,
): tf.Tensor3D {
  const [batch, time] = x.shape;
  const hiddenSize = weights.weightHh.shape[1]!;
  const zeros = () => tf.zeros([batch, hiddenSize]) as tf.Tensor2D;
  let states: States = { h: initial?.h0 ?? zeros(), ...(cell === 'lstm' && { c: initial?.c0 ?? zeros() }) };
  const frames = tf.split(x, time, 1) as tf.Tensor3D[];
  const outputs = new Array<tf.Tensor3D>(time);
  for (let step = 0; step < time; step++) {
    const t = reverse ? time - 1 - step : step;
    if (step > 0 && (reverse ? t + 1 : t) % every === 0) states = withoutWayBack(states);
    const { hN, cN } = recurrentLayer(cell, frames[t], weights, {
      lengths: null,
      initial: { h0: states.h, ...(states.c && { c0: states.c }) },
    });
    const there = presence(lengths, t);
    const kept = (next: tf.Tensor2D, before: tf.Tensor2D): tf.Tensor2D =>
      there ? tf.add(tf.mul(next, there), tf.mul(before, tf.sub(1, there))) : next;
    states = meet(t, { h: kept(hN, states.h), ...(cN && { c: kept(cN, states.c!) }) });
    const output = there ? tf.mul(states.h, there) : states.h;
    outputs[t] = tf.reshape(output, [batch, 1, hiddenSize]);
  }
  return tf.concat3d(outputs, 1);
}

/** The same values, through which no gradient flows. */
function withoutWayBack({ h, c }: States): States {
  const cut = (state: tf.Tensor2D) => tf.tensor2d(valuesOf(state).slice(), state.shape);
  return { h: cut(h), ...(c && { c: cut(c) }) };
}

/** [batch, 1]: 1 where a sequence has this frame, 0 beyond its end; null: all have. */
function presence(lengths: Int32Array | null, t: number): tf.Tensor2D | null {
  if (!lengths || lengths.every((length) => length > t)) return null;
  return tf.tensor2d(
    Array.from(lengths, (length) => (length > t ? 1 : 0)),
    [lengths.length, 1],
  );
}
