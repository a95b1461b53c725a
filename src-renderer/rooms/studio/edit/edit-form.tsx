import { Button, Group, SegmentedControl, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import { actionOf, type ActionId } from '../../../app/actions.ts';
import { useAction } from '../../../app/use-action.ts';
import { Keys } from '../../../parts/kbd.tsx';
import { player } from '../../../parts/player.ts';
import { useStudio } from '../state.ts';
import { checkedEdit } from './check.ts';
import classes from './edit.module.css';
import { FieldRow } from './field-row.tsx';
import { initialValues, type Values } from './fields.ts';
import { operationOf } from './operations.ts';
import { placeOf, shapeOfClip } from './place.ts';
import { takeEdit } from './run.ts';
import { closeForm, useEditing, useKept } from './state.ts';

/** A preview is asked for when so many milliseconds have brought no further change. */
const PREVIEW_AFTER_MS = 200;

/**
 * The form of one operation, under the toolbar: what it asks for, heard and drawn as it is set, and taken or left. It follows the
 * selection, which can be changed meanwhile.
 */
export function EditForm({ action, open }: { action: ActionId; open: StudioClip }) {
  const operation = operationOf(action);
  const selection = useStudio((state) => state.selection);
  const kept = useKept();
  const { before, running } = useEditing();
  const place = placeOf(shapeOfClip(open), selection, player.time, kept);
  const [values, setValues] = useState<Values>(() => initialValues(operation.fields, place, kept.values[action]));
  const { edit, fields, problem } = checkedEdit(operation, place, values);
  const form = useRef<HTMLFormElement>(null);

  const wanted = edit && JSON.stringify(edit);
  const [preview] = useDebouncedValue(wanted, PREVIEW_AFTER_MS);
  useEffect(() => {
    useStudio.setState({ preview: preview === null || before ? null : (JSON.parse(preview) as typeof edit) });
    return () => useStudio.setState({ preview: null });
  }, [preview, before]);
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [action]);

  const compare = () => useEditing.setState((now) => ({ before: !now.before }));
  useAction('studio.before', compare);
  const apply = async () => {
    if (!edit) return;
    useKept.setState(({ values: all }) => ({ values: { ...all, [action]: values } }));
    if (await takeEdit(open, edit)) closeForm();
  };
  // The fields hold numbers and choices alone: letters and Space mean here what they mean outside.
  const onKey = (event: KeyboardEvent) => {
    const field = event.target instanceof HTMLInputElement;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const keys: Record<string, () => void> = {
      Escape: closeForm,
      ...(field && plain && { v: compare, V: compare, ' ': () => player.toggle() }),
    };
    if (!(event.key in keys) || event.defaultPrevented) return;
    event.preventDefault();
    keys[event.key]();
  };

  return (
    <form
      ref={form}
      className={classes.form}
      aria-label={actionOf(action).title}
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <Title order={3} size="h4" className={classes.formTitle}>
        {actionOf(action).title}
      </Title>
      <FieldRow fields={operation.fields} values={values} errors={fields} onChange={setValues} />
      <Text size="xs" c="dimmed" className={classes.words} role="status">
        {edit ? editWords(edit) : (problem ?? 'A value is missing or out of range.')}
      </Text>
      <Group gap="xs" wrap="nowrap" className={classes.formEnd}>
        <SegmentedControl
          aria-label="What is heard and drawn"
          data={[
            { value: 'after', label: 'After' },
            { value: 'before', label: 'Before' },
          ]}
          value={before ? 'before' : 'after'}
          onChange={(value) => useEditing.setState({ before: value === 'before' })}
        />
        <Keys chord="V" />
        <Button type="submit" disabled={!edit || running !== null} loading={running !== null}>
          Apply
        </Button>
        <Button variant="default" onClick={closeForm}>
          Cancel
        </Button>
      </Group>
    </form>
  );
}
