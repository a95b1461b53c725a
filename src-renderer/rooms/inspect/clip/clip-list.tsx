import { Checkbox, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { TestedClip } from '#shared/contract/inspect.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { useAction } from '../../../app/use-action.ts';
import { api } from '../../../client/client.ts';
import { ChoiceList } from '../../../parts/choice-list.tsx';
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
  const here = shown.findIndex((one) => one.clip === clip);
  const choose = (index: number) => {
    const next = shown[Math.max(0, Math.min(index, shown.length - 1))];
    if (next) onChoose(next.clip);
  };
  useAction('list.next', () => choose(here + 1), shown.length > 0);
  useAction('list.previous', () => choose(Math.max(0, here - 1)), shown.length > 0);
  useAction('list.search', () => field.current?.focus());
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
      <ChoiceList
        ref={frame}
        label="Clips"
        scope="inspect"
        className={classes.rows}
        count={shown.length}
        index={here}
        rowHeight={ROW}
        onChoose={choose}
        row={(index) => {
          const one = shown[index];
          return { key: one.clip, className: classes.row, content: <ClipCells clip={one} /> };
        }}
      />
    </aside>
  );
}

function ClipCells({ clip }: { clip: TestedClip }) {
  return (
    <>
      <span className={`${classes.truth} hark-ellipsis`}>{clip.truth}</span>
      <Answers clip={clip} />
      <span className={`${classes.file} hark-ellipsis`} title={clip.file}>
        {splitPath(clip.file).name}
      </span>
    </>
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
