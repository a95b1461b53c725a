import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { Suspect } from '#shared/domain/queue.ts';
import { actionsFor } from '../../../app/bindings.ts';
import { chordOf } from '../../../app/keys.ts';
import { isOffered, runAction } from '../../../app/use-action.ts';
import { percent, splitPath } from '../../../parts/format.ts';
import classes from './suspects.module.css';

const ROW = 30;
const VERDICTS: Record<Suspect['verdict'], string> = { open: '', accepted: 'accepted', refused: 'label is right' };

interface Props {
  suspects: readonly Suspect[];
  index: number;
  seeds: number;
  label: string;
  onChoose: (index: number) => void;
}

/** The suspects by rank, drawn as far as they are in sight. Focus stays on the list; arrows move the choice. */
export function SuspectRows({ suspects, index, seeds, label, onChoose }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const rows = useVirtualizer({
    count: suspects.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  useEffect(() => rows.scrollToIndex(index, { align: 'auto' }), [rows, index]);
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);

  const onKeyDown = (event: KeyboardEvent) => {
    const ends = { Home: 0, End: suspects.length - 1 }[event.key];
    const action = actionsFor(chordOf(event.nativeEvent) ?? '', 'suspects').find(isOffered);
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
      aria-label={label}
      aria-activedescendant={`${id}-${index}`}
      className={classes.list}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
        {rows.getVirtualItems().map((item) => {
          const row = suspects[item.index];
          return (
            <div
              key={row.clip}
              id={`${id}-${item.index}`}
              role="option"
              aria-selected={item.index === index}
              aria-setsize={suspects.length}
              aria-posinset={item.index + 1}
              className={classes.row}
              data-verdict={row.verdict}
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
              onClick={() => onChoose(item.index)}
            >
              <span className={classes.rank}>{row.rank}</span>
              <span className="hark-ellipsis" title={row.file}>
                {splitPath(row.file).name}
              </span>
              <span className={classes.said}>
                <b className={classes.given}>{row.given}</b> {percent(row.givenProbability, 2)} →{' '}
                <b className={classes.likely}>{row.likely}</b> {percent(row.likelyProbability, 2)}
              </span>
              <span className={classes.seeds} title="Seeds that put another class first">
                {row.against} of {seeds}
              </span>
              <span className={classes.verdict}>{VERDICTS[row.verdict]}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
