import type { Cell } from '#shared/domain/model-spec.ts';
import { useHabits } from '../state.ts';

/** Whether a signal is folded away; beside each other, networks show what they carry from frame to frame. */
export function isFolded(folded: Record<string, boolean>, together: boolean, cell: Cell, signal: string): boolean {
  return folded[keyOf(together, cell, signal)] ?? (together && signal !== 'hidden' && signal !== 'cell');
}

export function fold(together: boolean, cell: Cell, signal: string, shut: boolean): void {
  useHabits.setState(({ folded }) => ({ folded: { ...folded, [keyOf(together, cell, signal)]: shut } }));
}

const keyOf = (together: boolean, cell: Cell, signal: string) => `${together ? 'together ' : ''}${cell} ${signal}`;
