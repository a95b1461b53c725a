import { framesOf } from '#shared/domain/edit-shape.ts';
import { joined, shapeOf, silentSignal, sliced, type Signal } from '../signal/signal.ts';
import type { EditContext, Operation } from './operation.ts';
import { mixed, resampled } from './rate.ts';
import { replaced } from './span.ts';

/** Kept sound in the place of the span: exactly round(duration * rate) samples, what there is too much of cut, too little silence. */
export const paste: Operation<'paste'> = (signal, edit, context) => {
  const frames = Math.round(edit.duration * signal.sampleRate);
  const sound = fitted(context.kept(edit.sound), signal, context);
  const rest = silentSignal({ ...shapeOf(signal), frames: Math.max(0, frames - sound.frames) });
  return replaced(signal, framesOf(edit, shapeOf(signal), true), joined(sliced(sound, 0, frames), rest));
};

/** Kept sound at a signal's rate and with its channels: of another number of channels it is mixed to one, and that put into all. */
export function fitted(sound: Signal, { sampleRate, channels }: Signal, context: EditContext): Signal {
  const same = sound.channels.length === channels.length;
  const fit = resampled(same ? sound : mixed(sound, context), sampleRate, context);
  return same ? fit : { ...fit, channels: channels.map(() => fit.channels[0]) };
}
