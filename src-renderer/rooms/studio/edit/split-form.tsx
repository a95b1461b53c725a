import { Button, Group, Select, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { asHarkError } from '#shared/domain/errors.ts';
import { tell } from '../../../app/tell.tsx';
import { api, client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { duration, plural } from '../../../parts/format.ts';
import { useStudio } from '../state.ts';
import classes from './edit.module.css';
import { FieldRow } from './field-row.tsx';
import { fieldErrors, initialValues, number, type Values } from './fields.ts';
import { placeNow } from './run.ts';
import { closeForm, useKept } from './state.ts';

const FIELDS = [
  number('thresholdDb', 'Silence below', 'dBFS', { min: -120, max: 0, step: 1 }, -45),
  number('leastSilence', 'Shortest silence', 's', { min: 0.01, max: 60, step: 0.05 }, 0.2),
  number('leastSound', 'Shortest sound', 's', { min: 0.01, max: 60, step: 0.05 }, 0.05),
  number('padding', 'Kept around', 's', { min: 0, max: 5, step: 0.01 }, 0.05),
];
const BY_SILENCE = 'silence';
const LOOK_AFTER_MS = 250;
const ACTION = 'studio.splitClip';

interface Part {
  start: number;
  end: number;
  label: string | null;
}

/** Splits a clip into clips: by silence, or at the regions of a tier. What would come of it is drawn over the sound. */
export function SplitForm({ open }: { open: StudioClip }) {
  const last = useKept((state) => state.values[ACTION]);
  const [by, setBy] = useState(BY_SILENCE);
  const [values, setValues] = useState<Values>(() => initialValues(FIELDS, placeNow(open), last));
  const errors = fieldErrors(FIELDS, values);
  const [asked] = useDebouncedValue(values, LOOK_AFTER_MS);
  const found = useQuery({
    ...api.studio.findSounds.queryOptions({ input: { clip: open.clip.id, ...(asked as Record<string, number>) } }),
    enabled: by === BY_SILENCE && Object.keys(fieldErrors(FIELDS, asked)).length === 0,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const parts = by === BY_SILENCE ? found.data?.map((span) => ({ ...span, label: null })) : partsOf(open, Number(by));
  const drawn = JSON.stringify(parts ?? []);
  useEffect(() => {
    const spans = JSON.parse(drawn) as Part[];
    useStudio.setState({ ghosts: spans.map(({ start, end, label }) => ({ start, end, label: label ?? undefined })) });
    return () => useStudio.setState({ ghosts: [] });
  }, [drawn]);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);

  const split = useMutation({
    mutationFn: (wanted: Part[]) => client.studio.split({ clip: open.clip.id, parts: wanted }),
    onSuccess: ({ clips }) => {
      useKept.setState(({ values: all }) => ({ values: { ...all, [ACTION]: values } }));
      tell(
        `${plural(clips.length, 'new clip')}`,
        'They stand in the list beside the clip, which stays. One undo takes them back.',
      );
      closeForm();
    },
  });
  const ready = parts !== undefined && parts.length > 0 && (by !== BY_SILENCE || Object.keys(errors).length === 0);
  const tiers = open.tiers.filter(({ kind }) => kind !== 'points');
  return (
    <form
      ref={form}
      className={classes.form}
      aria-label="Split into clips"
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && closeForm()}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !split.isPending) split.mutate(parts);
      }}
    >
      <Title order={3} size="h4" className={classes.formTitle}>
        Split into clips
      </Title>
      <Select
        label="By"
        w="11rem"
        allowDeselect={false}
        data-autofocus
        data={[
          { value: BY_SILENCE, label: 'Silence' },
          ...tiers.map(({ id, name }) => ({ value: String(id), label: `Regions of ${name}` })),
        ]}
        value={by}
        onChange={(value) => value !== null && setBy(value)}
      />
      {by === BY_SILENCE && <FieldRow fields={FIELDS} values={values} errors={errors} onChange={setValues} />}
      <Text size="xs" c="dimmed" className={classes.words} role="status">
        {parts && partWords(parts)}
        {found.isFetching && by === BY_SILENCE && ' Looking for silence.'}
      </Text>
      <Group gap="xs" className={classes.formEnd}>
        <Button type="submit" disabled={!ready} loading={split.isPending}>
          {parts && parts.length > 0 ? `Split into ${plural(parts.length, 'clip')}` : 'Split'}
        </Button>
        <Button variant="default" onClick={closeForm}>
          Cancel
        </Button>
      </Group>
      {by === BY_SILENCE && found.error && <Failure error={found.error} title="The silence could not be looked for" />}
      {split.error && asHarkError(split.error).kind !== 'cancelled' && (
        <Failure error={split.error} title="The clip was not split" />
      )}
    </form>
  );
}

/** The regions of a tier as parts; of intervals those that bear a label, for the others are what lies between. */
function partsOf({ regions, tiers }: StudioClip, tier: number): Part[] {
  const intervals = tiers.find(({ id }) => id === tier)?.kind === 'intervals';
  return regions
    .filter((one) => one.tier === tier && one.end > one.start && (!intervals || one.label.trim() !== ''))
    .map(({ start, end, label }) => ({ start, end, label: label.trim() === '' ? null : label.trim().slice(0, 200) }));
}

function partWords(parts: readonly Part[]): string {
  if (parts.length === 0) return 'Nothing to split into.';
  if (parts.length === 1) return `1 part of ${duration(parts[0].end - parts[0].start)}.`;
  const lengths = parts.map(({ start, end }) => end - start);
  const all = lengths.reduce((sum, length) => sum + length, 0);
  return `${plural(parts.length, 'part')} from ${duration(Math.min(...lengths))} to ${duration(Math.max(...lengths))}, ${duration(all)} in all.`;
}
