import { readSignal } from '../signal/signal.ts';
import { BLOCK } from './block.ts';
import type { Operation } from './operation.ts';
import { remade } from './span.ts';

/** The span's samples in the order from last to first. */
export const reverse: Operation<'reverse'> = (signal, edit, context) =>
  remade(signal, edit, context, (write, { from, end }) => {
    for (let last = end; last > from; last -= BLOCK) {
      const first = Math.max(from, last - BLOCK);
      write(
        signal.channels.map((_, channel) =>
          readSignal(signal, channel, first, new Float32Array(last - first)).reverse(),
        ),
      );
      context.progress?.((end - first) / (end - from));
    }
  });
