import type { KeyboardEvent } from 'react';
import { actionsFor } from '../../../app/bindings.ts';
import { chordOf } from '../../../app/keys.ts';
import { isOffered, runAction } from '../../../app/use-action.ts';

/** A key that the element in focus has no use for means in it what it means in the room; answers whether it meant anything. */
export function forwardKey(event: KeyboardEvent): boolean {
  const action = actionsFor(chordOf(event.nativeEvent) ?? '', 'studio').find(isOffered);
  if (action) runAction(action);
  return action !== undefined;
}
