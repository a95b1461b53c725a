import { Alert, Checkbox, Group, MultiSelect, NumberInput, Progress, Radio, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DatasetSummary } from '#shared/domain/dataset.ts';
import {
  describeSplit,
  foldsOf,
  ownFolds,
  PARTS,
  SplitSpec,
  type Part,
  type SplitSpecInput,
} from '#shared/domain/split.ts';
import { api } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { count, percent } from '../../parts/format.ts';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/section.tsx';
import classes from './room.module.css';

type Rule = SplitSpec['by'];
const RULES: Record<Rule, { title: string; words: string; offered(dataset: DatasetSummary): boolean }> = {
  official: {
    title: 'Official lists',
    words: 'The parts the dataset came with, as in published results.',
    offered: ({ official }) => official,
  },
  speaker: {
    title: 'Unseen speakers',
    words: 'Whole speakers are held out: how well does it work for someone new?',
    offered: ({ speakers }) => speakers > 1,
  },
  fold: {
    title: 'Folds',
    words:
      'One of k parts is the test: the dataset’s own folds where it brings as many, else equal ones with groups kept whole.',
    offered: () => true,
  },
  random: {
    title: 'Stratified random',
    words: 'Each class keeps its share in every part; groups stay whole.',
    offered: () => true,
  },
};

/** What a rule would do to this dataset, before anything is trained on it. */
export function SplitTab({ dataset }: { dataset: DatasetSummary }) {
  const rules = (Object.keys(RULES) as Rule[]).filter((rule) => RULES[rule].offered(dataset));
  const [asked, setAsked] = useState<SplitSpecInput>({
    by: rules[0],
    folds: foldsOf(dataset.folds).length || undefined,
  });
  const set = (change: Partial<SplitSpecInput>) => setAsked((now) => ({ ...now, ...change }));
  const split = ownFolds(SplitSpec.parse(asked), dataset.folds);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Split">
      <div className={classes.columns}>
        <Section title="Rule">
          <Stack gap="md">
            <Radio.Group aria-label="Rule" value={split.by} onChange={(by) => set({ by: by as Rule })}>
              <Stack gap={8}>
                {rules.map((rule) => (
                  <Radio key={rule} value={rule} size="xs" label={RULES[rule].title} description={RULES[rule].words} />
                ))}
              </Stack>
            </Radio.Group>
            <RuleOptions dataset={dataset} split={split} onChange={set} />
          </Stack>
        </Section>
        <Section title="What it comes to" aside={describeSplit(split)}>
          <Counts dataset={dataset.id} split={split} />
        </Section>
      </div>
    </div>
  );
}

interface OptionsProps {
  dataset: DatasetSummary;
  split: SplitSpec;
  onChange: (change: Partial<SplitSpecInput>) => void;
}

function RuleOptions({ dataset, split, onChange }: OptionsProps) {
  const statistics = useQuery({
    ...api.library.statistics.queryOptions({ input: { dataset: dataset.id } }),
    enabled: split.by === 'speaker',
  });
  const whole = (key: 'folds' | 'fold' | 'seed', label: string, min: number, max?: number) => (
    <NumberInput
      key={key}
      label={label}
      value={split[key]}
      min={min}
      max={max}
      allowDecimal={false}
      onChange={(value) => typeof value === 'number' && onChange({ [key]: value })}
    />
  );
  const share = (key: 'testFraction' | 'validationFraction', label: string, min: number) => (
    <NumberInput
      key={key}
      label={label}
      value={Math.round(split[key] * 100)}
      min={min}
      max={90}
      suffix=" %"
      allowDecimal={false}
      onChange={(value) => typeof value === 'number' && value >= min && value <= 90 && onChange({ [key]: value / 100 })}
    />
  );
  const options: Record<Rule, React.ReactNode[]> = {
    official: [],
    speaker: [
      split.speakers.length === 0 && share('testFraction', 'Test part', 1),
      split.speakers.length === 0 && whole('seed', 'Seed', 0),
    ],
    fold: [
      whole('folds', 'Folds', 2, 100),
      whole('fold', 'Test fold', 1, split.folds),
      !split.ofDataset && whole('seed', 'Seed', 0),
    ],
    random: [share('testFraction', 'Test part', 1), whole('seed', 'Seed', 0)],
  };
  return (
    <>
      {split.by === 'speaker' && (
        <MultiSelect
          label="Held out"
          size="xs"
          placeholder={split.speakers.length === 0 ? 'as many as the test part asks' : undefined}
          searchable
          clearable
          limit={100}
          data={statistics.data?.speakers.map(({ name }) => name) ?? []}
          value={split.speakers}
          onChange={(speakers) => onChange({ speakers })}
        />
      )}
      <Group grow align="end">
        {options[split.by]}
        {share('validationFraction', 'Validation, of what is not test', 0)}
      </Group>
      {split.by !== 'official' && split.by !== 'speaker' && !split.ofDataset && (
        <Checkbox
          label="Let one speaker’s clips fall on both sides"
          description="The test becomes easier than real use; it is then said beside every number."
          checked={split.allowLeaks}
          onChange={(event) => onChange({ allowLeaks: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

const PART_COLOURS: Record<Part, string> = { train: 'iris.6', validation: 'iris.3', test: 'gray.5' };

function Counts({ dataset, split }: { dataset: number; split: SplitSpec }) {
  const counts = useQuery({
    ...api.library.split.queryOptions({ input: { dataset, split } }),
    placeholderData: (before) => before,
  });
  if (counts.error) return <Failure error={counts.error} />;
  if (!counts.data) return <Loading />;
  const { leaks, leakNote } = counts.data;
  const total = PARTS.reduce((sum, part) => sum + counts.data[part], 0) || 1;
  return (
    <Stack gap="sm" aria-busy={counts.isPlaceholderData}>
      <Progress.Root size={14} aria-hidden>
        {PARTS.map((part) => (
          <Progress.Section key={part} value={(100 * counts.data[part]) / total} color={PART_COLOURS[part]} />
        ))}
      </Progress.Root>
      <Table withRowBorders={false} verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Part</Table.Th>
            <Table.Th ta="right">Clips</Table.Th>
            <Table.Th ta="right">Share</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {PARTS.map((part) => (
            <Table.Tr key={part}>
              <Table.Th scope="row" fw={400} tt="capitalize">
                {part}
              </Table.Th>
              <Table.Td ta="right">{count(counts.data[part])}</Table.Td>
              <Table.Td ta="right" c="dimmed">
                {percent(counts.data[part] / total)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {leaks > 0 ? (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="Something stands on both sides">
          <Text size="sm">{leakNote}</Text>
        </Alert>
      ) : (
        <Group gap={6} c="dimmed">
          <IconCircleCheck size={16} aria-hidden />
          <Text size="sm">Nothing stands on both sides.</Text>
        </Group>
      )}
    </Stack>
  );
}
