import { framesOf, type Frames } from '#shared/domain/edit-shape.ts';
import { silenceNonNumbers } from '../finite.ts';
import { joined, readSignal, shapeOf, signalFrom, sliced, type Signal } from '../signal/signal.ts';
import { BLOCK } from './block.ts';
import type { EditContext } from './operation.ts';

export interface Span {
  start: number | null;
  end: number | null;
}

/** Takes blocks of made samples, one array a channel. */
export type Write = (block: readonly Float32Array[]) => void;

/** The samples of a span, and which of all passes over the sound this reading is: for the progress. */
interface Reading extends Frames {
  pass?: number;
  passes?: number;
}

/** A frame range of a signal, block by block; the arrays are the caller's to change until the next block. Never holds a non-number. */
export function* blocksOf(
  signal: Signal,
  { from, end, pass = 0, passes = 1 }: Reading,
  context: Pick<EditContext, 'progress'>,
): Generator<{ block: Float32Array[]; at: number }> {
  const buffers = signal.channels.map(() => new Float32Array(Math.min(BLOCK, end - from)));
  for (let at = from; at < end; at += BLOCK) {
    const count = Math.min(BLOCK, end - at);
    const block = buffers.map((buffer, channel) => readSignal(signal, channel, at, buffer.subarray(0, count)));
    silenceNonNumbers(block);
    yield { block, at: at - from };
    context.progress?.((pass + (at + count - from) / (end - from)) / passes);
  }
}

/** What `make` writes, as a signal. Non-numbers become silence on the way. @param channels of every block */
export function made(
  { sampleRate, channels }: { sampleRate: number; channels: number },
  context: EditContext,
  make: (write: Write) => void,
): Signal {
  const sink = context.sink(channels);
  make((block) => {
    silenceNonNumbers(block);
    sink.write(block);
  });
  const { sources, frames } = sink.end();
  return signalFrom(sources, frames, sampleRate);
}

/** A signal with another in the place of some of its samples; the rest stays the same pieces. */
export function replaced(signal: Signal, { from, end }: Frames, by: Signal): Signal {
  return joined(sliced(signal, 0, from), by, sliced(signal, end, signal.frames));
}

/** The span of an edit made anew by `make`. */
export function remade(
  signal: Signal,
  span: Span,
  context: EditContext,
  make: (write: Write, frames: Frames) => void,
): Signal {
  const frames = framesOf(span, shapeOf(signal));
  return replaced(
    signal,
    frames,
    made(shapeOf(signal), context, (write) => make(write, frames)),
  );
}

/**
 * The span of an edit with every sample changed in place.
 * @param change one channel's part of a block; `at` counts from the span's first sample
 */
export function changed(
  signal: Signal,
  span: Span & { pass?: number; passes?: number },
  context: EditContext,
  change: (samples: Float32Array, channel: number, at: number) => void,
): Signal {
  return remade(signal, span, context, (write, frames) => {
    const { pass, passes } = span;
    for (const { block, at } of blocksOf(signal, { ...frames, pass, passes }, context)) {
      block.forEach((samples, channel) => change(samples, channel, at));
      write(block);
    }
  });
}
