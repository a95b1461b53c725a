import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from '#main/engine/values.ts';
import type { Features } from '#main/features/extract.ts';
import { normalise } from '#main/features/normalise.ts';
import type { LayerPlace } from '#main/models/types.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import type { Network } from './networks.ts';
import type { LayerSignals } from './protocol.ts';

/** A clip as the network takes it: standardised, a batch of one. The caller disposes it. @returns [1, frames, bins] */
export function inputOf({ description }: Network, features: Features): tf.Tensor3D {
  const { frames, bins, values } = normalise(features, description.normalisation);
  return tf.tensor3d(values, [1, frames, bins]);
}

/**
 * What one direction of one layer does at every frame of a clip, without dropout, by the names in `SIGNALS`.
 * @throws HarkError `not-found` where the network has no such layer, `bad-input` for features of another width
 */
export function signalsOf(network: Network, features: Features, { layer, reverse }: LayerPlace): LayerSignals {
  const { model } = network;
  const names = SIGNALS[model.spec.cell].map(({ id }) => id);
  let found: LayerSignals | null = null;
  // Nothing is given out of `tidy`, which would look through each of its values for tensors.
  tf.tidy(() => {
    model.forward(inputOf(network, features), null, {
      training: false,
      watch(place, signals) {
        if (place.layer !== layer || place.reverse !== reverse) return;
        const [, frames, units] = signals['hidden'].shape;
        const values = new Float32Array(names.length * frames * units);
        names.forEach((name, index) => values.set(valuesOf(signals[name]), index * frames * units));
        found = { names, frames, units, values };
      },
    });
  });
  if (found) return found;
  throw new HarkError('not-found', 'This network has no such layer.', {
    where: `layer ${layer}${reverse ? ', backwards' : ''}`,
  });
}
