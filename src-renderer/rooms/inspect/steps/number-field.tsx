import { useState, type KeyboardEvent } from 'react';
import { actionsFor } from '../../../app/bindings.ts';
import { chordOf } from '../../../app/keys.ts';
import { runAction } from '../../../app/use-action.ts';
import { short } from './numbers.ts';
import classes from './steps.module.css';

interface Props {
  label: string;
  value: number;
  /** Looked at elsewhere on the page. */
  picked?: boolean;
  /** Not as it was drawn. */
  edited?: boolean;
  onChange: (value: number) => void;
  onFocus?: () => void;
}

/** What the arrows up and down change a number by. */
const NUDGES: Record<string, number> = { ArrowUp: 0.1, ArrowDown: -0.1 };

/** A number of a matrix, edited in place: taken over with Enter or on leaving, given up with Esc. */
export function NumberField({ label, value, picked, edited, onChange, onFocus }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const parsed = typed === null ? value : parse(typed);

  const take = () => {
    setTyped(null);
    if (parsed !== null && parsed !== value) onChange(parsed);
  };
  const nudge = (by: number) => {
    setTyped(null);
    onChange(Number(((parsed ?? value) + by).toPrecision(12)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const nudged = NUDGES[event.key];
    // As long as nothing is typed there is nothing of the field's own to undo.
    const step = typed === null && actionsFor(chordOf(event.nativeEvent) ?? '', 'steps').find(isHistory);
    if (event.key === 'Enter') take();
    else if (event.key === 'Escape') setTyped(null);
    else if (nudged) nudge(nudged);
    else if (step) runAction(step);
    else return;
    event.preventDefault();
  };
  return (
    <input
      className={classes.number}
      inputMode="decimal"
      aria-label={label}
      aria-invalid={parsed === null || undefined}
      data-picked={picked || undefined}
      data-edited={edited || undefined}
      value={typed ?? short(value)}
      title={short(value) === String(value).replace('-', '−') ? undefined : String(value)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onFocus={(event) => {
        event.currentTarget.select();
        onFocus?.();
      }}
      onBlur={take}
      onKeyDown={onKeyDown}
    />
  );
}

const isHistory = (id: string) => id === 'edit.undo' || id === 'edit.redo';

/** A number as people write it, with a point or a comma; null if it is none. */
function parse(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) ? value : null;
}
