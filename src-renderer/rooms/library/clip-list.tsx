import { Skeleton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconChecks,
  IconCopy,
  IconPencil,
  IconScissors,
  IconSearchOff,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import type { ClipRow, CLIP_SORTS } from '#shared/domain/clip.ts';
import type { DatasetSummary } from '#shared/domain/dataset.ts';
import { chooseClip, useSelection } from '../../app/selection.ts';
import { tellError } from '../../app/tell.tsx';
import { useAction } from '../../app/use-action.ts';
import { fetchRow, NO_FILTER, useClipPages } from '../../parts/clip-pages.ts';
import { Empty } from '../../parts/empty.tsx';
import { Failure } from '../../parts/failure.tsx';
import { duration, frequency, splitPath } from '../../parts/format.ts';
import { Loading } from '../../parts/loading.tsx';
import { markOf, markRun, toggleMark, useMarked, type Mark } from '../../parts/marks.ts';
import { SortHeading } from '../../parts/sort-heading.tsx';
import { isFiltered, setFilter, useClipFilter } from './clip-filter.ts';
import { ClipFilters } from './clip-filters.tsx';
import classes from './clip-list.module.css';

const ROW_HEIGHT = 28;

interface Column {
  sort: (typeof CLIP_SORTS)[number];
  title: string;
  right?: boolean;
}
const COLUMNS: readonly Column[] = [
  { sort: 'label', title: 'Label' },
  { sort: 'file', title: 'File' },
  { sort: 'speaker', title: 'Speaker' },
  { sort: 'duration', title: 'Duration', right: true },
  { sort: 'sampleRate', title: 'Rate', right: true },
];

/** All clips of a dataset; only the rows in sight are fetched and drawn. Up and down walk, Space plays. */
export function ClipList({ dataset }: { dataset: DatasetSummary }) {
  const { id } = dataset;
  const speakers = dataset.speakers > 0;
  const columns = COLUMNS.filter(({ sort }) => speakers || sort !== 'speaker');
  const filter = useClipFilter((state) => (state.dataset === id ? state.filter : NO_FILTER));
  const queries = useQueryClient();
  const frame = useRef<HTMLDivElement>(null);
  const chosen = useSelection((state) => state.clip);
  const marked = useMarked(id);
  const [at, setAt] = useState<number | null>(null);
  const [view, setView] = useState({ from: 0, to: 60 });
  const { total, row, head, error } = useClipPages(id, filter, view.from, view.to);

  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // The heading stands in the way of the first row.
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
    onChange: ({ range }) => {
      if (!range) return;
      const next = { from: Math.max(0, range.startIndex - 40), to: range.endIndex + 40 };
      // Whole steps, so that not every row passed draws the list anew.
      setView((now) => (Math.abs(now.from - next.from) < 20 && Math.abs(now.to - next.to) < 20 ? now : next));
    },
  });

  const choose = (index: number) => {
    if (total === 0) return;
    const next = Math.max(0, Math.min(index, total - 1));
    setAt(next);
    virtual.scrollToIndex(next);
    void fetchRow(queries, id, filter, next).then(
      (found) => found && chooseClip(found.id),
      (thrown: unknown) => tellError(thrown),
    );
  };
  // The same function for every drawing, so that rows that have not changed are left alone.
  const press = (index: number, mark: Mark) => {
    if (mark === 'run') void markRun(id, filter, at ?? index, index).catch((thrown: unknown) => tellError(thrown));
    else if (mark === 'one') {
      const clip = row(index);
      if (clip) toggleMark(id, clip.id);
    } else choose(index);
  };
  const newest = useRef(press);
  useEffect(() => {
    newest.current = press;
  });
  const onChoose = useCallback((index: number, mark: Mark) => {
    newest.current(index, mark);
  }, []);
  // Where the chosen clip stands, if the order or the filter has not moved it.
  const here = at !== null && row(at)?.id === chosen ? at : null;
  const visible = Math.max(1, Math.floor((frame.current?.clientHeight ?? 400) / ROW_HEIGHT) - 2);
  useAction('list.next', () => choose(here === null ? firstInSight() : here + 1), total > 0);
  useAction('list.previous', () => choose(here === null ? firstInSight() : here - 1), total > 0);
  const firstInSight = () => Math.ceil((virtual.scrollOffset ?? 0) / ROW_HEIGHT);

  const onKey = (event: React.KeyboardEvent) => {
    const jumps: Record<string, number> = {
      PageDown: (at ?? 0) + visible,
      PageUp: (at ?? 0) - visible,
      Home: 0,
      End: total - 1,
    };
    const runs: Record<string, number> = { ArrowDown: (at ?? 0) + 1, ArrowUp: (at ?? 0) - 1 };
    if (event.shiftKey && event.key in runs && at !== null) {
      event.preventDefault();
      const next = Math.max(0, Math.min(runs[event.key], total - 1));
      void markRun(id, filter, at, next).catch((thrown: unknown) => tellError(thrown));
      choose(next);
      return;
    }
    if (!(event.key in jumps) || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    choose(jumps[event.key]);
  };

  return (
    <div className={classes.list} data-no-speakers={!speakers || undefined}>
      <ClipFilters dataset={dataset} filter={filter} total={head.data ? total : null} />
      {error && (
        <div className={classes.error}>
          <Failure error={error} title="The clips could not be listed" onRetry={() => void head.refetch()} />
        </div>
      )}
      {!head.data && !error && <Loading label="Loading the clips" />}
      {head.data && (
        <div
          ref={frame}
          role="grid"
          aria-label="Clips"
          aria-multiselectable
          aria-rowcount={total + 1}
          aria-colcount={columns.length + 1}
          aria-activedescendant={here === null ? undefined : `clip-row-${here}`}
          tabIndex={0}
          aria-busy={head.isPlaceholderData}
          className={classes.grid}
          onKeyDown={onKey}
        >
          <div role="rowgroup" className={classes.header}>
            <div role="row" aria-rowindex={1} className={classes.row}>
              {columns.map((column) => (
                <SortHeading
                  key={column.sort}
                  title={column.title}
                  right={column.right}
                  order={filter.sort !== column.sort ? null : filter.descending ? 'descending' : 'ascending'}
                  onSort={(descending) => setFilter(id, { sort: column.sort, descending })}
                />
              ))}
              <span role="columnheader" aria-label="Remarks" />
            </div>
          </div>
          <div role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => (
              <Row
                key={index}
                index={index}
                start={start - ROW_HEIGHT}
                clip={row(index)}
                chosen={row(index)?.id === chosen && chosen !== null}
                marked={marked.has(row(index)?.id ?? 0)}
                speakers={speakers}
                onChoose={onChoose}
              />
            ))}
            {total === 0 && <NothingHere dataset={dataset} filtered={isFiltered(filter)} />}
          </div>
        </div>
      )}
    </div>
  );
}

interface RowProps {
  index: number;
  /** Pixels from the top. */
  start: number;
  clip: ClipRow | undefined;
  chosen: boolean;
  /** Whether the dataset knows any. */
  speakers: boolean;
  marked: boolean;
  onChoose: (index: number, mark: Mark) => void;
}

const Row = memo(function Row({ index, start, clip, chosen, marked, speakers, onChoose }: RowProps) {
  const { folder, name } = splitPath(clip?.file ?? '');
  return (
    <div
      role="row"
      id={`clip-row-${index}`}
      aria-rowindex={index + 2}
      aria-selected={chosen || marked}
      data-marked={marked || undefined}
      className={classes.row}
      style={{ transform: `translateY(${start}px)`, position: 'absolute', top: 0, left: 0, right: 0 }}
      onMouseDown={(event) => onChoose(index, markOf(event))}
    >
      {clip ? (
        <>
          <span role="gridcell" className={classes.label} title={clip.label}>
            {clip.label}
          </span>
          <span role="gridcell" className={classes.file} title={clip.file}>
            <span className={classes.folder}>{folder}</span>
            <span>{name}</span>
          </span>
          {speakers && (
            <span role="gridcell" title={clip.speaker ?? undefined}>
              {clip.speaker ?? '–'}
            </span>
          )}
          <span role="gridcell" data-right>
            {duration(clip.duration)}
          </span>
          <span role="gridcell" data-right>
            {frequency(clip.sampleRate)}
          </span>
          <span role="gridcell" className={classes.remarks}>
            {clip.missing && <IconAlertTriangle size={14} className={classes.warning} aria-label="Missing file" />}
            {clip.relabelled && <IconPencil size={14} aria-label="Relabelled" />}
            {clip.duplicate && <IconCopy size={14} aria-label="Duplicate" />}
            {clip.edited && <IconScissors size={14} aria-label="Edited" />}
            {clip.state === 'done' && <IconCheck size={14} aria-label="Done" />}
            {clip.state === 'checked' && <IconChecks size={14} aria-label="Checked" />}
            {clip.state === 'rejected' && <IconBan size={14} aria-label="Rejected" />}
          </span>
        </>
      ) : (
        <span role="gridcell" aria-label="Loading">
          <Skeleton height={10} width={80 + ((index * 37) % 60)} animate={false} />
        </span>
      )}
    </div>
  );
});

function NothingHere({ dataset, filtered }: { dataset: DatasetSummary; filtered: boolean }) {
  return (
    <div role="row">
      <div role="gridcell">
        <Empty icon={IconSearchOff} title={filtered ? 'No clip passes these filters' : 'No clips'}>
          {filtered
            ? 'Clear the search and the filters to see all clips again.'
            : dataset.state === 'importing'
              ? 'The import is still on its way.'
              : 'Nothing could be imported from this folder. The page Files lists what was left out, and why.'}
        </Empty>
      </div>
    </div>
  );
}
