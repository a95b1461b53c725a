import { Button, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlayerPlay, IconRestore } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { FACTORS } from '#shared/domain/factors.ts';
import type { SweepSpec } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { useAction } from '../../../app/use-action.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { ActionTip } from '../../../parts/kbd.tsx';
import { Section } from '../../../parts/section.tsx';
import { Note } from '../../compare/note.tsx';
import { describeFeatures, describeRecipe, listWords } from '../../compare/words.ts';
import { useStart } from '../use-sweeps.ts';
import { CellsField } from './cells-field.tsx';
import { LevelsField } from './levels-field.tsx';
import { levelsError } from './levels.ts';
import { PreviewPanel } from './preview-panel.tsx';
import classes from '../experiments.module.css';

const DEBOUNCE_MS = 250;
const MOST_SEEDS = 10;
const MOST_EPOCHS = 1000;

interface Props {
  /** What one click would start. */
  initial: SweepSpec;
  /** What the dataset is called. */
  dataset: string;
}

/** Levels, cells, seeds, epochs and name of an ablation, and what they come to. */
export function SettingsForm({ initial, dataset }: Props) {
  const [draft, setDraft] = useState(initial);
  const start = useStart();
  const { factor, levels, base } = draft;
  const { name, asks, says, hinders } = FACTORS[factor];
  const change = (changes: Partial<SweepSpec>) => {
    start.reset();
    setDraft((now) => ({ ...now, ...changes }));
  };
  const changeBase = (changes: Partial<SweepSpec['base']>) => change({ base: { ...base, ...changes } });
  const hindrance = hinders(base);
  const wrong = levelsError(levels) !== null || base.cells.length === 0 || hindrance !== null;
  const asked = useMemo(() => (wrong ? null : draft), [draft, wrong]);
  const [settled] = useDebouncedValue(asked, DEBOUNCE_MS);
  const preview = useQuery(
    api.experiments.preview.queryOptions({
      input: settled ?? initial,
      enabled: settled !== null,
      placeholderData: keepPreviousData,
      retry: false,
    }),
  );
  const stuck = (preview.data?.levels ?? []).filter(({ error, value }) => error !== null && levels.includes(value));
  const ready = !wrong && !start.isPending && levels.length - stuck.length >= 2;
  useAction('ablation.start', () => start.mutate(draft), ready);

  return (
    <>
      <header className={classes.head}>
        <div>
          <Text size="xs" c="dimmed">
            <Link href={paths.experiments}>Ablations</Link> / new
          </Text>
          <Title order={2} size="h1">
            {name} on {dataset}
          </Title>
          <Text mt={4} maw="46rem">
            {asks} {says}
          </Text>
        </div>
        <ActionTip action="ablation.start">
          <Button
            size="lg"
            leftSection={<IconPlayerPlay aria-hidden />}
            disabled={!ready}
            loading={start.isPending}
            onClick={() => start.mutate(draft)}
          >
            Start
          </Button>
        </ActionTip>
      </header>
      {hindrance !== null && (
        <Note tone="warning">
          {hindrance} <Link href={paths.compare}>A comparison’s settings</Link> show what this dataset starts with.
        </Note>
      )}
      {start.error && <Failure error={start.error} title="The ablation did not begin" />}
      <div className={classes.columns}>
        <Section title="Settings">
          <Stack gap="md">
            <LevelsField
              factor={factor}
              initial={initial.levels}
              levels={levels}
              onChange={(next) => change({ levels: next })}
            />
            {stuck.length > 0 && (
              <Note tone="warning">
                {listWords(stuck.map(({ words }) => words))} cannot be run, as said beside.{' '}
                {levels.length - stuck.length < 2 ? 'Two levels at least are needed.' : 'The others would.'}
              </Note>
            )}
            <CellsField factor={factor} cells={base.cells} onChange={(cells) => changeBase({ cells })} />
            <Group gap="md" align="flex-start">
              <NumberInput
                label="Seeds"
                description={`1 to ${MOST_SEEDS} runs a network`}
                w={150}
                min={1}
                max={MOST_SEEDS}
                allowDecimal={false}
                value={base.seeds.length}
                onChange={(count) =>
                  typeof count === 'number' &&
                  changeBase({
                    seeds: Array.from({ length: Math.min(MOST_SEEDS, Math.max(1, count)) }, (_, seed) => seed),
                  })
                }
              />
              <NumberInput
                label="Epochs"
                description="at most, a run"
                w={150}
                min={1}
                max={MOST_EPOCHS}
                allowDecimal={false}
                value={base.training.epochs}
                onChange={(epochs) =>
                  typeof epochs === 'number' &&
                  changeBase({
                    training: { ...base.training, epochs: Math.min(MOST_EPOCHS, Math.max(1, epochs)) },
                  })
                }
              />
              <TextInput
                label="Name"
                description="empty: by itself, from the settings"
                w={260}
                maxLength={200}
                value={draft.name ?? ''}
                onChange={(event) => change({ name: event.currentTarget.value || undefined })}
              />
            </Group>
            <Text size="xs" c="dimmed">
              All else as a comparison on this dataset starts with: {describeFeatures(base.features)};{' '}
              {describeRecipe(base.training, true)}.
            </Text>
            <div>
              <Button
                variant="default"
                leftSection={<IconRestore size={14} aria-hidden />}
                disabled={draft === initial}
                onClick={() => {
                  start.reset();
                  setDraft(initial);
                }}
              >
                Reset
              </Button>
            </div>
          </Stack>
        </Section>
        <Section title="What this comes to">
          <PreviewPanel
            preview={preview.data}
            error={preview.isPlaceholderData ? null : preview.error}
            stale={preview.isPlaceholderData || settled !== draft}
          />
        </Section>
      </div>
    </>
  );
}
