import { framesOf } from '#shared/domain/edit-shape.ts';
import type { FADE_SHAPES } from '#shared/domain/edit.ts';
import { shapeOf, type Signal } from '../signal/signal.ts';
import type { EditContext, Operation } from './operation.ts';
import { blocksOf, changed, type Span } from './span.ts';

/**
 * Gain of a fade at x = 0 (silent) to 1. Exponential is straight in decibels from -100 dB on, as ffmpeg's `afade` curve "exp" and
 * SoX's "l" have it; quarter and half sine are their "qsin"/"q" and "hsin"/"h".
 */
const FADES: Record<(typeof FADE_SHAPES)[number], (x: number) => number> = {
  linear: (x) => x,
  quarterSine: (x) => Math.sin((Math.PI / 2) * x),
  halfSine: (x) => (1 - Math.cos(Math.PI * x)) / 2,
  exponential: (x) => 10 ** (-5 * (1 - x)),
};

/** Sample n of N is multiplied by the gain at n / N, of a fade out at 1 - n / N, as by SoX and ffmpeg. */
export const fade: Operation<'fade'> = (signal, edit, context) => {
  const { from, end } = framesOf(edit, shapeOf(signal));
  const gain = FADES[edit.shape];
  const step = (edit.direction === 'in' ? 1 : -1) / (end - from);
  const first = edit.direction === 'in' ? 0 : 1;
  return changed(signal, edit, context, (samples, _channel, at) => {
    for (let n = 0; n < samples.length; n++) samples[n] *= gain(first + step * (at + n));
  });
};

/** The span times a factor; the same pieces where that changes nothing. */
export function scaled(
  signal: Signal,
  span: Span & { pass?: number; passes?: number },
  factor: number,
  context: EditContext,
): Signal {
  if (factor === 1) return signal;
  return changed(signal, span, context, (samples) => {
    for (let n = 0; n < samples.length; n++) samples[n] *= factor;
  });
}

export const gain: Operation<'gain'> = (signal, edit, context) => scaled(signal, edit, 10 ** (edit.db / 20), context);

/** One factor for all channels; silence stays as it is. */
export const normalisePeak: Operation<'normalisePeak'> = (signal, edit, context) => {
  const frames = framesOf(edit, shapeOf(signal));
  let peak = 0;
  for (const { block } of blocksOf(signal, { ...frames, passes: 2 }, context))
    for (const samples of block)
      for (let n = 0; n < samples.length; n++) {
        const size = Math.abs(samples[n]);
        if (size > peak) peak = size;
      }
  if (peak === 0) return signal;
  return scaled(signal, { ...edit, pass: 1, passes: 2 }, 10 ** (edit.db / 20) / peak, context);
};

/** Takes the mean of each channel over the span away from it. */
export const removeDc: Operation<'removeDc'> = (signal, edit, context) => {
  const frames = framesOf(edit, shapeOf(signal));
  const means = new Float64Array(signal.channels.length);
  for (const { block } of blocksOf(signal, { ...frames, passes: 2 }, context))
    block.forEach((samples, channel) => {
      let sum = 0;
      for (let n = 0; n < samples.length; n++) sum += samples[n];
      means[channel] += sum / (frames.end - frames.from);
    });
  return changed(signal, { ...edit, pass: 1, passes: 2 }, context, (samples, channel) => {
    const mean = means[channel];
    for (let n = 0; n < samples.length; n++) samples[n] -= mean;
  });
};
