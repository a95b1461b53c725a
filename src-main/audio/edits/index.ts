import { editedShape } from '#shared/domain/edit-shape.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { shapeOf, type Signal } from '../signal/signal.ts';
import { attenuateBox } from './box.ts';
import { filter } from './filter.ts';
import { fade, gain, normalisePeak, removeDc } from './level.ts';
import { normaliseLoudness } from './loudness.ts';
import { addNoise } from './noise.ts';
import { reduceNoise } from './noise-gate.ts';
import type { AnyOperation, EditContext, Operations } from './operation.ts';
import { paste } from './paste.ts';
import { mono, resample } from './rate.ts';
import { reverse } from './reverse.ts';
import { shiftPitch, stretch } from './stretch.ts';
import { deleteSpan, insertSilence, keepSpan, silence } from './structure.ts';

const OPERATIONS: Operations = {
  delete: deleteSpan,
  keep: keepSpan,
  silence,
  insertSilence,
  paste,
  fade,
  gain,
  normalisePeak,
  normaliseLoudness,
  reverse,
  removeDc,
  resample,
  mono,
  filter,
  attenuateBox,
  reduceNoise,
  stretch,
  shiftPitch,
  addNoise,
};

/**
 * A sound after an edit, of the shape `editedShape` tells. What lies outside the edit's span stays the same pieces, to the bit; no
 * sample is ever a non-number.
 * @throws HarkError bad-input if the edit does not fit the sound; not-found if sound it needs is not kept
 */
export function applyEdit(signal: Signal, edit: Edit, context: EditContext): Signal {
  editedShape(shapeOf(signal), edit);
  return (OPERATIONS[edit.op] as AnyOperation)(signal, edit, context);
}

/** A sound after a list of edits, the first one first. `context.progress` hears of all together. @throws as `applyEdit` */
export function applyEdits(signal: Signal, edits: readonly Edit[], context: EditContext): Signal {
  return edits.reduce(
    (sound, edit, done) =>
      applyEdit(sound, edit, {
        ...context,
        progress: (share) => context.progress?.((done + share) / edits.length),
      }),
    signal,
  );
}
