import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from '#main/engine/values.ts';
import type { Features } from '#main/features/extract.ts';
import type { LayerPlace } from '#main/models/types.ts';
import { hasTwoSigns } from '#shared/domain/likes.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import { batchOf } from '../batch.ts';
import type { Network } from '../networks.ts';

/** Where each unit of a layer is strongest in each clip. */
export interface Peaks {
  units: number;
  /** With their signs, [clips, units]. */
  values: Float32Array;
  /** [clips, units] */
  frames: Int32Array;
}

/**
 * Of a gate and a ReLU the greatest value over a clip's frames, of other signals the one farthest from 0; of equal ones the first.
 * @throws HarkError `not-found` where the network has no such layer, `bad-input` where its cell has no such signal
 */
export function peaksOf(
  network: Network,
  clips: readonly Features[],
  { layer, reverse, signal }: LayerPlace & { signal: string },
): Peaks {
  const { model } = network;
  const kind = SIGNALS[model.spec.cell].find(({ id }) => id === signal);
  if (!kind)
    throw new HarkError('bad-input', `This cell has no signal "${signal}".`, {
      where: 'signal',
      remedy: `It has ${SIGNALS[model.spec.cell].map(({ id }) => id).join(', ')}.`,
    });
  const sizeOf = hasTwoSigns(kind) ? Math.abs : (value: number) => value;
  let found: Peaks | null = null;
  // Nothing is given out of `tidy`, which would look through each of its values for tensors.
  tf.tidy(() => {
    const { x, lengths } = batchOf(network, clips);
    model.forward(x, lengths, {
      training: false,
      watch(place, signals) {
        if (place.layer !== layer || place.reverse !== reverse) return;
        const [, time, units] = signals[signal].shape;
        found = scan(valuesOf(signals[signal]), lengths, time, units, sizeOf);
      },
    });
  });
  if (found) return found;
  throw new HarkError('not-found', 'This network has no such layer.', {
    where: `layer ${layer}${reverse ? ', backwards' : ''}`,
  });
}

/** @param all [clips, time, units] */
function scan(
  all: Float32Array,
  lengths: Int32Array,
  time: number,
  units: number,
  sizeOf: (value: number) => number,
): Peaks {
  const values = new Float32Array(lengths.length * units);
  const frames = new Int32Array(values.length);
  lengths.forEach((length, clip) => {
    const first = clip * time * units;
    values.set(all.subarray(first, first + units), clip * units);
    for (let t = 1; t < length; t++)
      for (let unit = 0; unit < units; unit++) {
        const value = all[first + t * units + unit];
        const at = clip * units + unit;
        if (sizeOf(value) > sizeOf(values[at])) {
          values[at] = value;
          frames[at] = t;
        }
      }
  });
  return { units, values, frames };
}
