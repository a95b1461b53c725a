import { Button, Group, NumberInput, Select, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tellError } from '../../../app/tell.tsx';
import { api, client } from '../../../client/client.ts';
import { count, plural } from '../../../parts/format.ts';
import { promptsOf, wordsOf } from './prompts.ts';
import { beginSeries } from './recorder.ts';
import { useRecordSettings } from './settings.ts';

const MOST_TAKES = 200;

/** A series of words: which, how often each, in which order. */
export function SeriesSetup() {
  const settings = useRecordSettings();
  const { words, takes, order, autoStop, autoNext } = settings;
  const [seed] = useState(() => Date.now() % 2 ** 31);
  const list = wordsOf(words);
  const set = useRecordSettings.setState;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (list.length > 0) beginSeries(promptsOf(list, takes, order, seed));
      }}
    >
      <Stack gap="sm">
        <Textarea
          label="Words"
          description="One a line, or with commas between."
          autosize
          minRows={4}
          maxRows={10}
          value={words}
          onChange={(event) => set({ words: event.currentTarget.value })}
        />
        <ClassesOf />
        <Group gap="sm" align="flex-end">
          <NumberInput
            label="Takes of each"
            w="8rem"
            min={1}
            max={MOST_TAKES}
            allowDecimal={false}
            value={takes}
            onChange={(value) => typeof value === 'number' && value >= 1 && set({ takes: Math.min(value, MOST_TAKES) })}
          />
          <Select
            label="Order"
            w="14rem"
            allowDeselect={false}
            data={[
              { value: 'random', label: 'Shuffled, round by round' },
              { value: 'fixed', label: 'Word by word' },
            ]}
            value={order}
            onChange={(value) => set({ order: value === 'fixed' ? 'fixed' : 'random' })}
          />
        </Group>
        <Switch
          size="xs"
          label="End a take by itself when the word has been said"
          checked={autoStop}
          onChange={(event) => set({ autoStop: event.currentTarget.checked })}
        />
        <Switch
          size="xs"
          label="Begin the next take by itself"
          checked={autoNext}
          onChange={(event) => set({ autoNext: event.currentTarget.checked })}
        />
        <Group gap="sm">
          <Button type="submit" disabled={list.length === 0}>
            Begin the series
          </Button>
          <Text size="xs" c="dimmed">
            {list.length === 0
              ? 'Type the words first.'
              : `${plural(list.length, 'word')}, ${count(list.length * takes)} takes`}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

/** Takes the words from a dataset's classes. */
function ClassesOf() {
  const datasets = useQuery(api.library.datasets.queryOptions());
  const take = async (dataset: number) => {
    const { classes } = await client.library.statistics({ dataset });
    useRecordSettings.setState({ words: classes.map(({ name }) => name).join('\n') });
  };
  if (!datasets.data?.length) return null;
  return (
    <Select
      label="Or the classes of a dataset"
      placeholder="Choose a dataset"
      data={datasets.data.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={null}
      onChange={(value) => value && void take(Number(value)).catch((error: unknown) => tellError(error))}
    />
  );
}
