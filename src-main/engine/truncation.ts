import * as tf from '@tensorflow/tfjs-core';
import { recurrentLayer } from './recurrent.ts';
import { putRows, takeRows, takeValues } from './rows.ts';
import type { InitialState, RecurrentCell, RecurrentOptions, RecurrentWeights } from './types.ts';
import { valuesOf } from './values.ts';

/**
 * The output of a recurrent layer under truncated backpropagation through time (Williams and Peng 1990): the values are those of
 * `recurrentLayer`; on the way back nothing flows between the frames on either side of frame `every`, 2 `every`, ... of a
 * sequence. Each piece between two cuts still has the gradient of all that is made of its own frames' outputs. Both directions
 * are cut at the same frames, so that in a stack of layers, too, nothing gets across by a detour.
 *
 * The pieces are run one after the other, each beginning with the values of the state the one before ended in. Only sequences
 * that have frames in a piece take part in it, each under its own row of `hiddenMask`, which is the same in all pieces.
 * @param x [batch, time, D]
 * @param every frames from cut to cut, at least 1; Infinity: no cut
 * @returns [batch, time, H], zero beyond each sequence's length
 */
export function truncatedLayer(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  options: RecurrentOptions,
  every: number,
): tf.Tensor3D {
  const [batch, time] = x.shape;
  if (every >= time) return recurrentLayer(cell, x, weights, options).output;
  const { lengths, reverse = false, initial, hiddenMask } = options;
  const hiddenSize = weights.weightHh.shape[1]!;
  const sizes = Array.from({ length: Math.ceil(time / every) }, (_, piece) => Math.min(every, time - piece * every));

  return tf.tidy(() => {
    const states = carriedStates(cell, batch, hiddenSize, initial);
    const parts = tf.split(x, sizes, 1) as tf.Tensor3D[];
    const outputs = new Array<tf.Tensor3D>(sizes.length);
    const order = [...sizes.keys()];
    for (const piece of reverse ? order.toReversed() : order) {
      const from = piece * every;
      const rows = Array.from({ length: batch }, (_, row) => row).filter((row) => !lengths || lengths[row] > from);
      if (rows.length === 0) {
        outputs[piece] = tf.zeros([batch, sizes[piece], hiddenSize]);
        continue;
      }
      const result = recurrentLayer(cell, takeRows(parts[piece], rows), weights, {
        ...options,
        lengths: lengths && Int32Array.from(rows, (row) => Math.min(lengths[row] - from, sizes[piece])),
        initial: states.of(rows),
        hiddenMask: hiddenMask && takeValues(hiddenMask, hiddenSize, rows),
      });
      states.keep(rows, result);
      outputs[piece] = putRows(result.output, rows, batch);
    }
    return tf.concat3d(outputs, 1);
  });
}

/**
 * The states that sequences are in between two pieces: values without a way back, but for the initial ones of sequences that
 * have not begun.
 */
function carriedStates(cell: RecurrentCell, batch: number, hiddenSize: number, initial: InitialState | undefined) {
  const begun = new Set<number>();
  const zeros = () => new Float32Array(batch * hiddenSize);
  const held = { h: zeros(), c: cell === 'lstm' ? zeros() : null };

  function state(rows: number[], values: Float32Array, first: tf.Tensor2D | undefined): tf.Tensor2D {
    const carried = takeRows(tf.tensor2d(values.slice(), [batch, hiddenSize]), rows);
    const fresh = rows.filter((row) => !begun.has(row));
    if (!first || fresh.length === 0) return carried;
    const places = fresh.map((row) => rows.indexOf(row));
    // Zero where the sequence has not begun, so the sum is either one or the other.
    return tf.add(carried, putRows(takeRows(first, fresh), places, rows.length));
  }

  return {
    of: (rows: number[]): InitialState => ({
      h0: state(rows, held.h, initial?.h0),
      ...(held.c && { c0: state(rows, held.c, initial?.c0) }),
    }),
    keep(rows: number[], { hN, cN }: { hN: tf.Tensor2D; cN?: tf.Tensor2D }): void {
      const put = (into: Float32Array, from: tf.Tensor2D) => {
        const values = valuesOf(from);
        rows.forEach((row, at) => into.set(values.subarray(at * hiddenSize, (at + 1) * hiddenSize), row * hiddenSize));
      };
      put(held.h, hN);
      if (held.c) put(held.c, cN!);
      for (const row of rows) begun.add(row);
    },
  };
}
