import { Button, CloseButton, Kbd, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { DatasetSummary } from '#shared/domain/dataset.ts';
import { CLIP_STATE_NAMES, CLIP_STATES } from '#shared/domain/region.ts';
import { useAction } from '../../app/use-action.ts';
import { api } from '../../client/client.ts';
import { NO_FILTER, type ClipFilter } from '../../parts/clip-pages.ts';
import { count } from '../../parts/format.ts';
import classes from './clip-list.module.css';
import { ClipTools } from './clip-tools.tsx';
import { isFiltered, setFilter } from './clip-filter.ts';

interface Props {
  dataset: DatasetSummary;
  filter: ClipFilter;
  /** Clips that pass; null while that is not known. */
  total: number | null;
}

const ONLY: { value: ClipFilter['only']; label: string }[] = [
  { value: 'all', label: 'All clips' },
  { value: 'missing', label: 'Missing files' },
  { value: 'relabelled', label: 'Relabelled' },
  { value: 'duplicate', label: 'Duplicates' },
  { value: 'edited', label: 'Edited' },
];
const STATES = CLIP_STATES.map((value) => ({ value, label: CLIP_STATE_NAMES[value] }));

/** Search and filters over the list of clips. */
export function ClipFilters({ dataset, filter, total }: Props) {
  const { id } = dataset;
  const statistics = useQuery(api.library.statistics.queryOptions({ input: { dataset: id } }));
  const clear = () => setFilter(id, { ...NO_FILTER, sort: filter.sort, descending: filter.descending });
  useAction('list.clear', clear, isFiltered(filter));
  return (
    <div className={classes.filters}>
      <Search key={id} dataset={id} search={filter.search} />
      <Select
        aria-label="Class"
        placeholder="Class"
        searchable
        clearable
        limit={200}
        data={
          statistics.data?.classes.map(({ name, clips }) => ({ value: name, label: `${name} (${count(clips)})` })) ?? []
        }
        value={filter.label}
        onChange={(label) => setFilter(id, { label })}
        nothingFoundMessage="No such class"
      />
      {dataset.speakers > 0 && (
        <Select
          aria-label="Speaker"
          placeholder="Speaker"
          searchable
          clearable
          limit={200}
          data={
            statistics.data?.speakers.map(({ name, clips }) => ({ value: name, label: `${name} (${count(clips)})` })) ??
            []
          }
          value={filter.speaker}
          onChange={(speaker) => setFilter(id, { speaker })}
          nothingFoundMessage="No such speaker"
        />
      )}
      <Select
        aria-label="Only"
        data={ONLY}
        value={filter.only}
        onChange={(only) => setFilter(id, { only: (only ?? 'all') as ClipFilter['only'] })}
        allowDeselect={false}
      />
      <Select
        aria-label="State"
        placeholder="State"
        clearable
        data={STATES}
        value={filter.state}
        onChange={(state) => setFilter(id, { state: state as ClipFilter['state'] })}
      />
      <Text size="xs" c="dimmed" className={classes.total} role="status">
        {total !== null &&
          (isFiltered(filter) ? `${count(total)} of ${count(dataset.clips)} clips` : `${count(total)} clips`)}
      </Text>
      {isFiltered(filter) && (
        <Button variant="subtle" size="compact-xs" onClick={clear}>
          Clear
        </Button>
      )}
      {total !== null && <ClipTools dataset={dataset} filter={filter} total={total} />}
    </div>
  );
}

/** The list follows a moment after the last key. */
function Search({ dataset, search }: { dataset: number; search: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search);
  const apply = useDebouncedCallback((next: string) => setFilter(dataset, { search: next }), 120);
  useEffect(() => setText(search), [search]);
  useAction('list.search', () => input.current?.select());
  const set = (next: string) => {
    setText(next);
    apply(next);
  };
  return (
    <TextInput
      ref={input}
      aria-label="Search clips"
      placeholder="Search file, label, speaker"
      className={classes.search}
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        text ? <CloseButton size="xs" aria-label="Clear the search" onClick={() => set('')} /> : <Kbd size="xs">/</Kbd>
      }
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        set('');
        input.current?.blur();
      }}
    />
  );
}
