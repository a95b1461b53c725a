import { Edit, type SoundShape } from '#shared/domain/edit.ts';
import { editedShape, movedSpan } from '#shared/domain/edit-shape.ts';
import { asHarkError } from '#shared/domain/errors.ts';
import type { Selection } from '../state.ts';
import { fieldErrors, type Values } from './fields.ts';
import type { Operation } from './operations.ts';
import { whatIsMissing } from './operations.ts';
import type { Place } from './place.ts';

/** The edit that an operation's values make; else what is wrong: by field, and what lies in no field. */
export type Checked =
  | { edit: Edit; fields: Record<string, string>; problem: null }
  | { edit: null; fields: Record<string, string>; problem: string | null };

export function checkedEdit(operation: Operation, place: Place, values: Values): Checked {
  const fields = fieldErrors(operation.fields, values);
  const missing = whatIsMissing(operation.need, place);
  if (missing !== null || Object.keys(fields).length > 0) return { edit: null, fields, problem: missing };
  const parsed = Edit.safeParse(operation.make(place, values));
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    const key = String(path[0] ?? '');
    const known = operation.fields.some((field) => field.key === key);
    return known ? { edit: null, fields: { [key]: message }, problem: null } : { edit: null, fields, problem: message };
  }
  try {
    editedShape(place.shape, parsed.data);
    return { edit: parsed.data, fields, problem: null };
  } catch (thrown) {
    return { edit: null, fields, problem: asHarkError(thrown).message };
  }
}

/**
 * What is selected after an edit: what was put in, else what was selected, where it now lies, else the place where it was.
 * @param shape of the sound before the edit
 */
export function selectionAfter(shape: SoundShape, edit: Edit, selection: Selection | null): Selection | null {
  const all = { fMin: null, fMax: null };
  if (edit.op === 'paste') return { start: edit.start, end: edit.start + edit.duration, ...all };
  if (edit.op === 'insertSilence') return { start: edit.at, end: edit.at + edit.duration, ...all };
  if (!selection) return null;
  // Reversed or not, a part stays selected as the part it is.
  if (edit.op === 'reverse') return selection;
  const duration = shape.frames / shape.sampleRate;
  const held = { start: Math.min(selection.start, duration), end: Math.min(selection.end, duration) };
  const moved = movedSpan(shape, edit, held);
  if (moved) return { ...selection, ...moved };
  const at = edit.op === 'delete' ? edit.start : 0;
  return { start: at, end: at, ...all };
}
