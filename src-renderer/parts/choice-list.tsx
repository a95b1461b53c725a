import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { Scope } from '../app/actions.ts';
import { actionsFor } from '../app/bindings.ts';
import { chordOf } from '../app/keys.ts';
import { isOffered, runAction } from '../app/use-action.ts';
import classes from './choice-list.module.css';

/** One row: its key among its like, classes and data attributes, and what stands in it. */
export interface ChoiceRow {
  key: string | number;
  className: string;
  data?: Record<`data-${string}`, string | true | undefined>;
  content: ReactNode;
}

interface Props {
  label: string;
  count: number;
  /** The one chosen; null or below 0: none. */
  index: number | null;
  rowHeight: number;
  row: (index: number) => ChoiceRow;
  onChoose: (index: number) => void;
  /** Whose actions keys may mean. */
  scope: Scope;
  className: string;
  /** To give it the focus from elsewhere. */
  ref?: RefObject<HTMLDivElement | null>;
  /** Takes the focus as it appears. */
  focused?: boolean;
}

const PAGE = 12;

/** A list of which one is chosen, drawn as far as it is in sight. Focus stays on the list; arrows move the choice. */
export function ChoiceList({ label, count, index, rowHeight, row, onChoose, scope, className, ref, focused }: Props) {
  const own = useRef<HTMLDivElement>(null);
  const scroller = ref ?? own;
  const id = useId();
  const here = index ?? -1;
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  useEffect(() => {
    if (here >= 0) rows.scrollToIndex(here, { align: 'auto' });
  }, [rows, here]);
  useEffect(() => {
    if (focused) scroller.current?.focus({ preventScroll: true });
  }, [focused, scroller]);

  // A list keeps letters and Space to itself: what means an action is handed on.
  const onKeyDown = (event: KeyboardEvent) => {
    const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);
    const jumps: Record<string, number> = {
      ...{ ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + PAGE, PageUp: here - PAGE },
      ...{ Home: 0, End: count - 1 },
    };
    const action = actionsFor(chordOf(event.nativeEvent) ?? '', scope).find(isOffered);
    if (plain && event.key in jumps) {
      if (count > 0) onChoose(Math.max(0, Math.min(jumps[event.key], count - 1)));
    } else if (action) runAction(action);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={here < 0 ? undefined : `${id}-${here}`}
      className={`${classes.list} ${className}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((item) => {
          const { key, className: rowClass, data, content } = row(item.index);
          return (
            <div
              key={key}
              id={`${id}-${item.index}`}
              role="option"
              aria-selected={item.index === here}
              aria-setsize={count}
              aria-posinset={item.index + 1}
              className={`${classes.row} ${rowClass}`}
              {...data}
              style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
              onMouseDown={(event) => event.button === 0 && onChoose(item.index)}
            >
              {content}
            </div>
          );
        })}
      </div>
    </div>
  );
}
