import { framesOf } from '#shared/domain/edit-shape.ts';
import { shapeOf, silentSignal, sliced } from '../signal/signal.ts';
import type { Operation } from './operation.ts';
import { replaced } from './span.ts';

export const deleteSpan: Operation<'delete'> = (signal, edit) => {
  const { from, end } = framesOf(edit, shapeOf(signal));
  return replaced(signal, { from, end }, sliced(signal, 0, 0));
};

export const keepSpan: Operation<'keep'> = (signal, edit) => {
  const { from, end } = framesOf(edit, shapeOf(signal));
  return sliced(signal, from, end);
};

export const silence: Operation<'silence'> = (signal, edit) => {
  const { from, end } = framesOf(edit, shapeOf(signal));
  return replaced(signal, { from, end }, silentSignal({ ...shapeOf(signal), frames: end - from }));
};

export const insertSilence: Operation<'insertSilence'> = (signal, { at, duration }) => {
  const place = framesOf({ start: at, end: at }, shapeOf(signal), true);
  const frames = Math.round(duration * signal.sampleRate);
  return replaced(signal, place, silentSignal({ ...shapeOf(signal), frames }));
};
