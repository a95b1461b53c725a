import { Accordion, Badge, Button, Group, Paper, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChartHistogram, IconRestore } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import type { ComparisonSpec } from '#shared/domain/comparison.ts';
import type { DatasetSummary } from '#shared/domain/dataset.ts';
import { asHarkError } from '#shared/domain/errors.ts';
import { describeSplit, ownFolds } from '#shared/domain/split.ts';
import { invalidate } from '../../../app/changes.ts';
import { useAction } from '../../../app/use-action.ts';
import { api, client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { plural } from '../../../parts/format.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { useCompareRoute } from '../route.ts';
import { cellWords, describeComparison, describeFeatures, describeRecipe } from '../words.ts';
import { checkDraft, sectionOf, valueAt, withValue, type Draft } from './draft.ts';
import { PreviewPanel } from './preview-panel.tsx';
import { FeaturesSection, NetworksSection, SplitSection } from './sections.tsx';
import { TrainingSection } from './training-section.tsx';
import classes from './start.module.css';

const DEBOUNCE_MS = 250;

interface Props {
  dataset: DatasetSummary;
  /** What the form starts with. */
  initial: ComparisonSpec;
  /** Name of the comparison it was taken from. */
  fromName: string | null;
}

/** One big button for what the settings say, and the settings themselves, folded. */
export function StartForm({ dataset, initial, fromName }: Props) {
  const [, goTo] = useCompareRoute();
  const [draft, setDraft] = useState<Draft>(initial);
  const { spec, errors: own } = useMemo(() => {
    const checked = checkDraft(draft);
    const asked = checked.spec;
    return { ...checked, spec: asked && { ...asked, split: ownFolds(asked.split, dataset.folds) } };
  }, [draft, dataset.folds]);
  const [settled] = useDebouncedValue(spec, DEBOUNCE_MS);
  const preview = useQuery(
    api.compare.preview.queryOptions({
      input: settled ?? initial,
      enabled: settled !== null,
      placeholderData: keepPreviousData,
      retry: false,
    }),
  );
  const statistics = useQuery(api.library.statistics.queryOptions({ input: { dataset: dataset.id } }));
  const start = useMutation({
    mutationFn: (wanted: ComparisonSpec) => client.compare.start(wanted),
    onSuccess: ({ comparison }) => {
      invalidate(['comparisons']);
      goTo({ view: 'comparison', comparison, place: null });
    },
  });

  const refusal = start.error ?? (preview.isPlaceholderData ? null : preview.error);
  const refusedField = refusal && fieldOf(asHarkError(refusal).where, draft);
  const errors = refusedField ? { [refusedField]: asHarkError(refusal).message, ...own } : own;
  const onChange = (path: string, value: unknown) => {
    start.reset();
    setDraft((now) => withValue(now, path, value));
  };
  const form = { draft, errors, onChange };
  const ready = spec !== null && !start.isPending && dataset.clips > 0;
  useAction('compare.start', () => spec && start.mutate(spec), ready);
  const changed = JSON.stringify(draft) !== JSON.stringify(initial);

  const sections: { id: string; title: string; summary: string; body: ReactNode }[] = [
    {
      id: 'networks',
      title: 'Networks',
      summary: spec
        ? `${cellWords(spec.cells)}, ${spec.model.hiddenSize} units, ${plural(spec.seeds.length, 'seed')}`
        : '',
      body: <NetworksSection {...form} />,
    },
    {
      id: 'training',
      title: 'Training',
      summary: spec
        ? `${plural(spec.training.epochs, 'epoch')}, batches of ${spec.training.batchSize}, ${describeRecipe(spec.training, preview.data?.split.validation !== 0)}`
        : '',
      body: <TrainingSection {...form} />,
    },
    {
      id: 'split',
      title: 'Split',
      summary: spec ? describeSplit(spec.split) : '',
      body: (
        <SplitSection
          {...form}
          speakers={statistics.data?.speakers ?? []}
          official={dataset.official}
          leakNote={preview.data?.split.leakNote ?? null}
        />
      ),
    },
    {
      id: 'features',
      title: 'Features',
      summary: spec ? describeFeatures(spec.features) : '',
      body: <FeaturesSection {...form} />,
    },
  ];
  const wrong = (section: string) => Object.keys(errors).filter((path) => sectionOf(path) === section).length;

  return (
    <Paper className={classes.panel} component="section" aria-label="New comparison">
      <div className={classes.hero}>
        <div>
          <Title order={1}>
            {fromName === null ? `Compare networks on ${dataset.name}` : `Run again: ${fromName}`}
          </Title>
          <Text mt={4} maw="46rem">
            {spec
              ? describeComparison(spec, dataset.name, preview.data?.split ?? null)
              : 'Some settings are not right yet; they are marked below.'}
          </Text>
          {start.error && !refusedField && <Failure error={start.error} title="The comparison could not be started" />}
        </div>
        <ActionTip action="compare.start">
          <Button
            size="lg"
            className={classes.go}
            leftSection={<IconChartHistogram aria-hidden />}
            disabled={!ready}
            loading={start.isPending}
            onClick={() => spec && start.mutate(spec)}
          >
            Compare
          </Button>
        </ActionTip>
      </div>
      <div className={classes.columns}>
        <Accordion multiple variant="contained" chevronPosition="left" classNames={{ content: classes.content }}>
          {sections.map(({ id, title, summary, body }) => (
            <Accordion.Item key={id} value={id}>
              <Accordion.Control>
                <Group gap="sm" wrap="nowrap">
                  <Text fw={600} w={80}>
                    {title}
                  </Text>
                  <Text c="dimmed" className="hark-ellipsis">
                    {summary}
                  </Text>
                  {wrong(id) > 0 && <Badge color="red">{plural(wrong(id), 'field')} to mend</Badge>}
                </Group>
              </Accordion.Control>
              <Accordion.Panel>{body}</Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        <aside aria-label="What this comes to" className={classes.aside}>
          <PreviewPanel
            preview={preview.data}
            error={refusedField ? null : (preview.error as unknown)}
            stale={preview.isPlaceholderData || settled !== spec}
          />
          <Group mt="sm" align="flex-end" gap="xs">
            <TextInput
              className={classes.name}
              label="Name"
              placeholder="by itself, from the settings"
              error={errors['name']}
              value={String(valueAt(draft, 'name') ?? '')}
              onChange={(event) => onChange('name', event.currentTarget.value || undefined)}
            />
            <Button
              variant="default"
              leftSection={<IconRestore size={14} aria-hidden />}
              disabled={!changed}
              onClick={() => {
                start.reset();
                setDraft(initial);
              }}
            >
              Reset
            </Button>
          </Group>
        </aside>
      </div>
    </Paper>
  );
}

/** The form's field an error points at, if it is one of them. */
const fieldOf = (where: string | undefined, draft: Draft): string | null =>
  where !== undefined && valueAt(draft, where) !== undefined ? where : null;
