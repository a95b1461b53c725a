import type { Frames } from '#shared/domain/edit-shape.ts';
import { readSignal, type Signal } from '../signal/signal.ts';
import type { Write } from './span.ts';

/** Seconds over which what was made passes from and into the sound around it. */
const EASE = 0.005;

/**
 * Cross-fades what is made for a span with the sound that was there, over 5 ms at the borders inside it (less in a short span), so
 * that nothing clicks; at the beginning and the end of the whole sound there is nothing to pass from or into.
 * @param count samples that will be written in all
 */
export function eased(signal: Signal, { from, end }: Frames, count: number, write: Write): Write {
  const length = Math.min(Math.round(EASE * signal.sampleRate), Math.floor(Math.min(end - from, count) / 4));
  const around = (first: number) =>
    signal.channels.map((_, channel) => readSignal(signal, channel, first, new Float32Array(length)));
  const head = from > 0 ? around(from) : null;
  const tail = end < signal.frames ? around(end - length) : null;
  let done = 0;
  return (block) => {
    block.forEach((samples, channel) => {
      if (head) blend(samples, head[channel], -done, false);
      if (tail) blend(samples, tail[channel], count - length - done, true);
    });
    done += block[0].length;
    write(block);
  };
}

/** Fades `was`, which stands at `at` of the samples, out (or in, at the `end`) over them. */
function blend(samples: Float32Array, was: Float32Array, at: number, end: boolean): void {
  const last = Math.min(samples.length, at + was.length);
  for (let n = Math.max(0, at); n < last; n++) {
    const share = Math.sin(((Math.PI / 2) * (n - at + 0.5)) / was.length) ** 2;
    samples[n] += (end ? share : 1 - share) * (was[n - at] - samples[n]);
  }
}
