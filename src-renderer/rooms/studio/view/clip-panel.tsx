import { Button, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBooks } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { ClipRow } from '#shared/domain/clip.ts';
import { go, paths } from '../../../app/paths.ts';
import { useSelection } from '../../../app/selection.ts';
import { tellError } from '../../../app/tell.tsx';
import { useAction } from '../../../app/use-action.ts';
import { fetchRow, findRow, NO_FILTER, useClipPages } from '../../../parts/clip-pages.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { duration, plural, splitPath } from '../../../parts/format.ts';
import { Loading } from '../../../parts/loading.tsx';
import { clearMarks, markOf, markRun, toggleMark, useMarked, type Mark } from '../../../parts/marks.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { useStudio } from '../state.ts';
import classes from './clip-panel.module.css';
import { forwardKey } from './forward-key.ts';
import { StateDot } from './state-dot.tsx';

const ROW = 40;

/** The clips of the dataset in use, to be searched and walked through with the arrows. */
export function ClipPanel({ dataset }: { dataset: number | null }) {
  if (dataset === null)
    return (
      <Empty icon={IconBooks} title="No dataset">
        Choose a dataset at the top, or bring one in the library.
      </Empty>
    );
  return <ClipsOf key={dataset} dataset={dataset} />;
}

function ClipsOf({ dataset }: { dataset: number }) {
  const queries = useQueryClient();
  const search = useStudio((state) => state.search);
  const setSearch = (words: string) => useStudio.setState({ search: words });
  // It was for this dataset.
  useEffect(() => () => useStudio.setState({ search: '' }), []);
  const [words] = useDebouncedValue(search, 150);
  const filter = { ...NO_FILTER, search: words };
  const frame = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const chosen = useSelection((state) => state.clip);
  const marked = useMarked(dataset);
  const [at, setAt] = useState<number | null>(null);
  const [view, setView] = useState({ from: 0, to: 60 });
  const { total, row, head, error } = useClipPages(dataset, filter, view.from, view.to);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 8,
    onChange: ({ range }) => {
      if (!range) return;
      const next = { from: Math.max(0, range.startIndex - 40), to: range.endIndex + 40 };
      setView((now) => (Math.abs(now.from - next.from) < 20 && Math.abs(now.to - next.to) < 20 ? now : next));
    },
  });
  // A clip that was opened elsewhere (by its address, by an undo) is looked for once, and brought into sight.
  const placed = useRef<number | null>(null);
  useEffect(() => {
    if (chosen === null || chosen === placed.current) return;
    let current = true;
    void findRow(queries, dataset, filter, chosen)
      .then((index) => {
        if (!current) return;
        placed.current = chosen;
        if (index === null) return;
        setAt(index);
        virtual.scrollToIndex(index, { align: 'auto' });
      })
      .catch(tellError);
    return () => {
      current = false;
    };
    // Not when what is searched for changes: then the list shows what was found.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [dataset, chosen]);
  const found = virtual.getVirtualItems().find(({ index }) => row(index)?.id === chosen)?.index;
  const here = at !== null && row(at)?.id === chosen ? at : (found ?? null);

  const choose = (index: number) => {
    if (total === 0) return;
    const next = Math.max(0, Math.min(index, total - 1));
    setAt(next);
    virtual.scrollToIndex(next);
    void fetchRow(queries, dataset, filter, next).then(
      (clip) => {
        if (!clip) return;
        placed.current = clip.id;
        go(paths.studioClip(clip.id));
      },
      (thrown: unknown) => tellError(thrown),
    );
  };
  const markTo = (index: number) =>
    void markRun(dataset, filter, here ?? index, Math.max(0, Math.min(index, total - 1))).catch(tellError);
  const press = (index: number, mark: Mark) => {
    const clip = row(index);
    if (mark === 'run') markTo(index);
    else if (mark === null) choose(index);
    else if (clip) toggleMark(dataset, clip.id);
  };
  useAction('list.next', () => choose(here === null ? 0 : here + 1), total > 0);
  useAction('list.previous', () => choose(here === null ? 0 : here - 1), total > 0);
  useAction('list.search', () => field.current?.focus());
  useEffect(() => {
    frame.current?.scrollTo({ top: 0 });
  }, [words]);

  return (
    <div className={classes.clips}>
      <div className={classes.clipsHead}>
        <SearchField
          ref={field}
          aria-label="Search the clips"
          placeholder="Search"
          value={search}
          onSearch={setSearch}
          onLeave={(to) => {
            if (to === 'first') choose(0);
            frame.current?.focus();
          }}
        />
        <div className={classes.marked}>
          <Text size="xs" c="dimmed" my={4} aria-live="polite">
            {head.data ? plural(total, 'clip') : ' '}
            {marked.size > 0 && `, ${marked.size} marked`}
          </Text>
          {marked.size > 0 && (
            <Button variant="subtle" size="compact-xs" flex="none" aria-label="Clear marks" onClick={clearMarks}>
              Clear
            </Button>
          )}
        </div>
      </div>
      {error && <Failure error={error} title="The clips could not be listed" onRetry={() => void head.refetch()} />}
      {!head.data && !error && <Loading label="Loading the clips" />}
      <div
        ref={frame}
        role="listbox"
        aria-label="Clips"
        aria-multiselectable
        aria-activedescendant={here === null ? undefined : `studio-clip-${here}`}
        tabIndex={0}
        className={classes.clipList}
        onKeyDown={(event) => {
          const jumps: Record<string, number> = {
            ArrowDown: here === null ? 0 : here + 1,
            ArrowUp: here === null ? 0 : here - 1,
            PageDown: (here ?? 0) + 12,
            PageUp: (here ?? 0) - 12,
            Home: 0,
            End: total - 1,
          };
          const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);
          const runs = event.shiftKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp');
          if (runs && here !== null) {
            markTo(jumps[event.key]);
            choose(jumps[event.key]);
          } else if (event.key === ' ' && event.ctrlKey && here !== null) press(here, 'one');
          else if (plain && event.key in jumps) choose(jumps[event.key]);
          else if (!forwardKey(event)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <div role="presentation" style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <ClipOption
              key={index}
              index={index}
              start={start}
              total={total}
              clip={row(index)}
              chosen={row(index)?.id === chosen}
              marked={marked.has(row(index)?.id ?? 0)}
              onPress={(mark) => press(index, mark)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface OptionProps {
  index: number;
  /** Pixels from the top. */
  start: number;
  total: number;
  clip: ClipRow | undefined;
  /** It lies open. */
  chosen: boolean;
  marked: boolean;
  onPress(mark: Mark): void;
}

function ClipOption({ index, start, total, clip, chosen, marked, onPress }: OptionProps) {
  return (
    <div
      id={`studio-clip-${index}`}
      role="option"
      aria-selected={chosen || marked}
      aria-current={chosen}
      data-marked={marked || undefined}
      aria-setsize={total}
      aria-posinset={index + 1}
      className={classes.clip}
      style={{ transform: `translateY(${start}px)` }}
      onMouseDown={(event) => onPress(markOf(event))}
    >
      {clip && (
        <>
          <StateDot clip={clip} />
          <span className={classes.clipLabel}>{clip.label}</span>
          <span className={classes.clipLength}>{duration(clip.duration)}</span>
          <span className={classes.clipFile} title={clip.file}>
            {splitPath(clip.file).name}
          </span>
        </>
      )}
    </div>
  );
}
