import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { CellClip } from '#shared/contract/compare.ts';
import { actionsFor } from '../../../app/bindings.ts';
import { chordOf } from '../../../app/keys.ts';
import { isOffered, runAction } from '../../../app/use-action.ts';
import { duration, percent } from '../../../parts/format.ts';
import classes from './clips.module.css';

const ROW = 26;

interface Props {
  clips: readonly CellClip[];
  index: number;
  /** Runs that may have said so. */
  seeds: number;
  onChoose: (index: number) => void;
}

/** The clips of a cell, drawn as far as they are in sight. Focus stays on the list; arrows move the choice. */
export function ClipList({ clips, index, seeds, onChoose }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useVirtualizer({
    count: clips.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  useEffect(() => rows.scrollToIndex(index, { align: 'auto' }), [rows, index]);
  // A cell was chosen in the matrix: from here on the arrows walk its clips.
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);

  const onKeyDown = (event: KeyboardEvent) => {
    const ends = { Home: 0, End: clips.length - 1 }[event.key];
    const action = actionsFor(chordOf(event.nativeEvent) ?? '', 'compare').find(isOffered);
    if (ends === undefined && !action) return;
    event.preventDefault();
    event.stopPropagation();
    if (ends !== undefined) onChoose(ends);
    else if (action) runAction(action);
  };

  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label="Clips"
      aria-activedescendant={`${id}-${index}`}
      className={classes.list}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.getVirtualItems().map((item) => {
          const row = clips[item.index];
          return (
            <div
              key={`${row.clip}-${row.predicted}`}
              id={`${id}-${item.index}`}
              role="option"
              aria-selected={item.index === index}
              aria-setsize={clips.length}
              aria-posinset={item.index + 1}
              className={classes.row}
              data-missing={row.missing || undefined}
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
              onClick={() => onChoose(item.index)}
            >
              <span className="hark-ellipsis" title={row.file}>
                {row.file}
              </span>
              <span className={classes.said}>
                <span className={classes.truth}>{row.truth}</span> →{' '}
                <span className={classes.prediction}>{row.predicted}</span>
              </span>
              <span className={classes.number}>{percent(row.probability)}</span>
              {seeds > 1 && (
                <span className={classes.number} title={`Said so with seed ${row.seeds.join(', ')}`}>
                  {row.seeds.length} of {seeds}
                </span>
              )}
              <span className={classes.number}>{row.missing ? 'missing' : duration(row.duration)}</span>
              {row.label !== row.truth && <span className={classes.mended}>now {row.label}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}
