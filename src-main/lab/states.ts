import { CLIP_STATE_NAMES, type ClipState } from '#shared/domain/region.ts';
import { clipWords, requiredClips } from './chosen-clips.ts';
import { type Pen, takeStep } from './journal.ts';
import type { Store } from './store.ts';

/** Sets the state of clips; one undoable step. @throws HarkError `not-found` */
export function setClipState(store: Store, clips: readonly number[], state: ClipState): void {
  const chosen = requiredClips(store, clips);
  takeStep(store, markWords(chosen, state), (pen) => chosen.forEach(({ id }) => writeState(pen, id, state)));
}

/** A state as a part of a step. */
export function writeState(pen: Pen, clip: number, state: ClipState): void {
  pen.update('clip', clip, { state });
}

export const markWords = (clips: readonly { file: string }[], state: ClipState): string =>
  `Mark as ${CLIP_STATE_NAMES[state].toLowerCase()}: ${clipWords(clips)}`;

/** Writes what a person notes of a clip; undoable. @throws HarkError `not-found` */
export function setClipNote(store: Store, clip: number, note: string): void {
  takeStep(store, `Note: ${clipWords(requiredClips(store, [clip]))}`, (pen) => pen.update('clip', clip, { note }));
}
