import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Done } from '#shared/contract/studio.ts';
import type { Edit, SoundShape } from '#shared/domain/edit.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import { actionOf, type ActionId } from '../../../app/actions.ts';
import { client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { plural } from '../../../parts/format.ts';
import { checkedEdit } from './check.ts';
import { FieldRow } from './field-row.tsx';
import { initialValues, type Values } from './fields.ts';
import { GROUPS, OPERATIONS, operationOf } from './operations.ts';
import { placeOf } from './place.ts';
import { ProgressLine } from './progress-line.tsx';
import { SkippedClips } from './skipped-list.tsx';
import { useKept } from './state.ts';
import { clipsOf, sizeOf, type Target } from './target.ts';
import { useLongCall } from './use-long-call.ts';

/** Operations that mean something to whole clips, by group. */
const CHOICES = GROUPS.map((group) => ({
  group,
  items: OPERATIONS.filter((one) => one.many && one.group === group).map(({ action }) => ({
    value: action,
    label: actionOf(action).title,
  })),
})).filter(({ items }) => items.length > 0);

/** Long enough and fast enough for any value: whether an edit fits a clip is seen clip by clip. */
const ANY_CLIP: SoundShape = { frames: 1e12, sampleRate: 768_000, channels: 2 };

/** Opens the dialog that does one operation to many clips. */
export function openEditMany(target: Target): void {
  modals.open({ title: 'Edit many clips', size: 'lg', children: <EditMany target={target} /> });
}

function EditMany({ target }: { target: Target }) {
  const kept = useKept();
  const size = useQuery({ queryKey: ['studio', 'size', target], queryFn: () => sizeOf(target), staleTime: 0 });
  const [action, setAction] = useState<ActionId>('studio.normalisePeak');
  const operation = operationOf(action);
  const fields = operation.fields.filter(({ alone }) => !alone);
  const place = placeOf(ANY_CLIP, null, 0, kept);
  const first = (of: ActionId) => initialValues(operationOf(of).fields, place, kept.values[of]);
  // What only one clip can have is as the table says, whatever was set last.
  const [values, setValues] = useState<Values>(() => first(action));
  const alone = Object.fromEntries(
    operation.fields.flatMap(({ key, alone: only, initial }) =>
      only && typeof initial !== 'function' ? [[key, initial]] : [],
    ),
  );
  const { edit, fields: errors, problem } = checkedEdit(operation, place, { ...values, ...alone });
  const call = useLongCall<Done & { edit: Edit }>('edit');
  const start = (wanted: Edit) =>
    call.start(async (signal) => {
      const clips = await clipsOf(target, signal);
      return { ...(await client.studio.edit({ clips, edit: wanted }, { signal })), edit: wanted };
    });

  if (call.result) return <Result {...call.result} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (edit && !call.running) start(edit);
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {size.data === undefined ? 'The clips are being counted.' : plural(size.data, 'clip')}
          {size.data !== undefined && ` of ${target.name}`}
        </Text>
        <Select
          label="Operation"
          data={CHOICES}
          value={action}
          allowDeselect={false}
          disabled={call.running}
          data-autofocus
          onChange={(value) => {
            if (value === null) return;
            setAction(value as ActionId);
            setValues(first(value as ActionId));
          }}
        />
        <FieldRow fields={fields} values={values} errors={errors} onChange={setValues} />
        <Text size="xs" c="dimmed" role="status">
          {edit
            ? `${editWords(edit)}. It goes to the end of each clip’s list of edits; the files stay as they are.`
            : (problem ?? 'A value is missing or out of range.')}
        </Text>
        {call.running && <ProgressLine job={call.job} words="Editing the clips" onStop={call.stop} />}
        {call.error !== null && <Failure error={call.error} title="No clip was changed" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => modals.closeAll()}>
            {call.running ? 'Close, and go on' : 'Cancel'}
          </Button>
          <Button type="submit" disabled={!edit || !size.data} loading={call.running}>
            {size.data ? `Edit ${plural(size.data, 'clip')}` : 'Edit'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Result({ done, skipped, edit }: Done & { edit: Edit }) {
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {editWords(edit)}: done to {plural(done, 'clip')}.{done > 0 && ' One undo takes it back from all of them.'}
      </Text>
      <SkippedClips skipped={skipped} />
      <Group justify="flex-end">
        <Button data-autofocus onClick={() => modals.closeAll()}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
