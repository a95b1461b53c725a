import { Checkbox, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { TestedClip } from '#shared/contract/inspect.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { actionsFor } from '../../../app/bindings.ts';
import { chordOf } from '../../../app/keys.ts';
import { isOffered, runAction, useAction } from '../../../app/use-action.ts';
import { api } from '../../../client/client.ts';
import { plural, splitPath } from '../../../parts/format.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { Answers } from './answers.tsx';
import { useInspectRoute } from '../route.ts';
import { useHabits } from '../state.ts';
import classes from '../inspect.module.css';

const ROW = 40;

interface Props {
  comparison: ComparisonView;
  seed: number | null;
  seeds: readonly number[];
  onSeed(seed: number): void;
  clips: readonly TestedClip[];
  clip: number | null;
  onChoose(clip: number): void;
}

/** Clips of the test part with what each network said, to be searched and walked through with the arrows. */
export function ClipList({ comparison, seed, seeds, onSeed, clips, clip, onChoose }: Props) {
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search);
  const onlyWrong = useHabits((state) => state.onlyWrong);
  const shown = useMemo(() => filterClips(clips, words, onlyWrong), [clips, words, onlyWrong]);
  const frame = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const here = shown.findIndex((one) => one.clip === clip);
  useEffect(() => {
    if (here >= 0) virtual.scrollToIndex(here, { align: 'auto' });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a choice scrolls
  }, [here]);
  const choose = (index: number) => {
    const next = shown[Math.max(0, Math.min(index, shown.length - 1))];
    if (next) onChoose(next.clip);
  };
  useAction('list.next', () => choose(here + 1), shown.length > 0);
  useAction('list.previous', () => choose(Math.max(0, here - 1)), shown.length > 0);
  useAction('list.search', () => field.current?.focus());
  // A list keeps letters and Space to itself: what means an action is handed on.
  const onKeyDown = (event: KeyboardEvent) => {
    const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);
    const jumps: Record<string, number> = {
      ...{ ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + 12, PageUp: here - 12 },
      ...{ Home: 0, End: shown.length - 1 },
    };
    const action = actionsFor(chordOf(event.nativeEvent) ?? '', 'inspect').find(isOffered);
    if (plain && event.key in jumps) choose(jumps[event.key]);
    else if (action) runAction(action);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <aside className={classes.list} aria-label="Clips the networks were tested on">
      <div className={classes.listHead}>
        <ChooseComparison comparison={comparison} />
        {seeds.length > 1 && (
          <NativeSelect
            size="xs"
            label="Seed"
            value={String(seed)}
            data={seeds.map(String)}
            onChange={(event) => onSeed(Number(event.currentTarget.value))}
          />
        )}
        <SearchField
          ref={field}
          aria-label="Search files, labels and answers"
          placeholder="File, label or answer"
          value={search}
          onSearch={setSearch}
          onLeave={(to) => {
            if (to === 'first') choose(0);
            frame.current?.focus();
          }}
        />
        <Checkbox
          size="xs"
          label="Only mistakes"
          checked={onlyWrong}
          onChange={(event) => useHabits.setState({ onlyWrong: event.currentTarget.checked })}
        />
        <Text size="xs" c="dimmed" aria-live="polite">
          {plural(shown.length, 'test clip')}
          {shown.length < clips.length && ` of ${clips.length}`}
          {seed !== null && seeds.length === 1 && `, seed ${seed}`}
        </Text>
      </div>
      <div
        ref={frame}
        role="listbox"
        aria-label="Clips"
        tabIndex={0}
        aria-activedescendant={here < 0 ? undefined : `inspect-clip-${here}`}
        className={classes.rows}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const one = shown[index];
            return (
              <div
                key={one.clip}
                id={`inspect-clip-${index}`}
                role="option"
                aria-selected={one.clip === clip}
                aria-setsize={shown.length}
                aria-posinset={index + 1}
                className={classes.row}
                style={{ transform: `translateY(${start}px)` }}
                onMouseDown={() => choose(index)}
              >
                <span className={`${classes.truth} hark-ellipsis`}>{one.truth}</span>
                <Answers clip={one} />
                <span className={`${classes.file} hark-ellipsis`} title={one.file}>
                  {splitPath(one.file).name}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </aside>
  );
}

function ChooseComparison({ comparison }: { comparison: ComparisonView }) {
  const { go } = useInspectRoute();
  const list = useQuery(api.compare.list.queryOptions());
  const tested = (list.data ?? []).filter(({ accuracy }) => accuracy.length > 0);
  return (
    <NativeSelect
      size="xs"
      label="Networks of"
      value={String(comparison.id)}
      data={
        tested.length > 0
          ? tested.map(({ id, name }) => ({ value: String(id), label: name }))
          : [{ value: String(comparison.id), label: comparison.name }]
      }
      onChange={(event) => go(Number(event.currentTarget.value), null)}
    />
  );
}

function filterClips(clips: readonly TestedClip[], search: string, onlyWrong: boolean): TestedClip[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return clips.filter(({ file, truth, said }) => {
    if (onlyWrong && said.every(({ predicted }) => predicted === truth)) return false;
    const all = [file, truth, ...said.map(({ predicted }) => predicted)].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
