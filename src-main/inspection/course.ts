import { valuesOf } from '#main/engine/values.ts';
import type { Features } from '#main/features/extract.ts';
import { softmax } from '#main/training/evaluate.ts';
import type { Network } from './networks.ts';
import type { Course } from './protocol.ts';
import { inputOf } from './signals.ts';
import type { Pause } from './turn.ts';

/**
 * What the network would have said, had the clip ended after each of its frames; of more than `most` frames, after so many of them
 * evenly spread, the last one among them.
 * @throws HarkError `cancelled`
 */
export async function courseOf(network: Network, features: Features, most: number, pause: Pause): Promise<Course> {
  const { frames } = features;
  const { classes } = network.model;
  const count = Math.min(frames, most);
  const ends = Int32Array.from({ length: count }, (_, index) => Math.round(((index + 1) * frames) / count));
  const probabilities = new Float32Array(count * classes);
  const input = inputOf(network, features);
  let done = 0;
  try {
    for (const logits of network.model.forwardPrefixes(input, ends)) {
      const values = valuesOf(logits);
      for (let at = 0; at < values.length; at += classes)
        probabilities.set(softmax(values.subarray(at, at + classes)), done++ * classes);
      logits.dispose();
      if (done < count) await pause(done, count);
    }
  } finally {
    input.dispose();
  }
  return { ends, probabilities };
}
