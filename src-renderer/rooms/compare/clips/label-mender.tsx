import { Button, Group, Kbd, Text, TextInput, Title } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ClipDetail } from '#shared/domain/clip.ts';
import { invalidate } from '../../../app/changes.ts';
import { belongsToFocus } from '../../../app/keys.ts';
import { step } from '../../../app/undo.ts';
import { useAction } from '../../../app/use-action.ts';
import { client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { moment } from '../../../parts/format.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { classKeys } from '../class-keys.ts';
import classes from './clips.module.css';

/** More classes than these are found by typing. */
const MOST_BUTTONS = 40;

interface Props {
  clip: ClipDetail;
  /** The label the runs were tested against. */
  tested: string;
  classes: readonly string[];
}

/** The clip's label, to be mended on the spot by a click, a digit or a new word; undoable, and kept in its history. */
export function LabelMender({ clip, tested, classes: known }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const all = known.includes(clip.label) ? known : [...known, clip.label];
  const keys = classKeys(all);
  const relabel = useMutation({
    mutationFn: (label: string) => client.library.relabel({ clip: clip.id, label }),
    onSuccess: () => setTyped(''),
    onSettled: () => invalidate(['clips', 'comparisons', 'history']),
  });
  const set = (label: string) => {
    if (label !== clip.label && !relabel.isPending) relabel.mutate(label);
  };

  const newest = useRef({ keys, set });
  useEffect(() => {
    newest.current = { keys, set };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
      const inList = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'listbox';
      if (!inList && belongsToFocus(event.key, event.target)) return;
      const label = [...newest.current.keys].find(([, digit]) => digit === event.key)?.[0];
      if (label === undefined) return;
      event.preventDefault();
      newest.current.set(label);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  useAction('edit.relabel', () => input.current?.focus());

  const word = typed.trim();
  const matching = all.filter((name) => name.toLowerCase().includes(word.toLowerCase()));
  return (
    <section aria-label="Label" className={classes.mender}>
      <Group gap="xs">
        <Title order={3}>Label</Title>
        <b className={classes.truth}>{clip.label}</b>
        {clip.label !== tested && (
          <Text size="xs" c="dimmed">
            tested as {tested}; the matrix counts it so until the networks are run again
          </Text>
        )}
        {clip.relabelled && (
          <ActionTip action="edit.undo">
            <Button
              variant="default"
              size="compact-xs"
              leftSection={<IconArrowBackUp size={13} aria-hidden />}
              onClick={() => void step('undo')}
            >
              Undo
            </Button>
          </ActionTip>
        )}
      </Group>
      <div className={classes.labels} role="group" aria-label="Set the label">
        {matching.slice(0, MOST_BUTTONS).map((name) => (
          <Button
            key={name}
            size="compact-sm"
            variant={name === clip.label ? 'filled' : 'default'}
            aria-pressed={name === clip.label}
            aria-keyshortcuts={keys.get(name)}
            disabled={relabel.isPending}
            rightSection={keys.has(name) ? <Kbd size="xs">{keys.get(name)}</Kbd> : undefined}
            onClick={() => set(name)}
          >
            {name}
          </Button>
        ))}
      </div>
      <Group gap="xs" align="flex-end">
        <ActionTip action="edit.relabel" label="Find a class or write a new one">
          <TextInput
            ref={input}
            aria-label="Find a class or write a new one"
            placeholder="Find a class or write a new one"
            className={classes.newLabel}
            maxLength={200}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && word) set(matching.length === 1 ? matching[0] : word);
              if (event.key === 'Escape') {
                setTyped('');
                event.currentTarget.blur();
              }
            }}
          />
        </ActionTip>
        {word && !all.includes(word) && (
          <Button variant="default" disabled={relabel.isPending} onClick={() => set(word)}>
            New class “{word}”
          </Button>
        )}
      </Group>
      {relabel.isError && <Failure error={relabel.error} title="The label could not be changed" />}
      {clip.history.length > 0 && (
        <details className={classes.history}>
          <summary>History of the label ({clip.history.length})</summary>
          <ol>
            {clip.history.map((entry) => (
              <li key={entry.id} data-undone={entry.undone || undefined}>
                <b>{entry.label}</b> {entry.setBy === 'import' ? 'by the import' : 'by you'}, {moment(entry.setAt)}
                {entry.undone && ', undone'}
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
