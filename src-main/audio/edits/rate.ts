import { mixDown } from '../mono.ts';
import { BEST, ResampleStream } from '../resample.ts';
import { shapeOf, type Signal } from '../signal/signal.ts';
import type { EditContext, Operation } from './operation.ts';
import { blocksOf, made } from './span.ts';

/** A whole signal at another rate by the filter for sound that is kept (BEST): ceil(frames * sampleRate / rate before) samples. */
export function resampled(signal: Signal, sampleRate: number, context: EditContext): Signal {
  if (sampleRate === signal.sampleRate) return signal;
  return made({ sampleRate, channels: signal.channels.length }, context, (write) => {
    const streams = signal.channels.map(() => new ResampleStream(signal.sampleRate, sampleRate, BEST));
    for (const { block } of blocksOf(signal, { from: 0, end: signal.frames }, context))
      write(streams.map((stream, channel) => stream.push(block[channel])));
    write(streams.map((stream) => stream.end()));
  });
}

/** All channels as one, their mean. */
export function mixed(signal: Signal, context: EditContext): Signal {
  if (signal.channels.length === 1) return signal;
  return made({ ...shapeOf(signal), channels: 1 }, context, (write) => {
    for (const { block } of blocksOf(signal, { from: 0, end: signal.frames }, context)) write([mixDown(block)]);
  });
}

export const resample: Operation<'resample'> = (signal, { sampleRate }, context) =>
  resampled(signal, sampleRate, context);

export const mono: Operation<'mono'> = (signal, _edit, context) => mixed(signal, context);
