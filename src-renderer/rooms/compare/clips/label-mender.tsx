import { Button, Group, Kbd, Title } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ClipDetail } from '#shared/domain/clip.ts';
import { invalidate } from '../../../app/changes.ts';
import { belongsToFocus } from '../../../app/keys.ts';
import { step } from '../../../app/undo.ts';
import { api, client, queries } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { ActionTip } from '../../../parts/kbd.tsx';
import { classKeys } from '../../../parts/class-keys.ts';
import classes from './clips.module.css';

/** More classes than these are set through the label's own editor, by typing. */
const MOST_BUTTONS = 60;

interface Props {
  clip: ClipDetail;
  /** Classes of the comparison. */
  classes: readonly string[];
}

/** Sets the clip's label to one of the classes by a click or a digit; undoable. A new class is typed in the label above. */
export function LabelMender({ clip, classes: known }: Props) {
  const all = known.includes(clip.label) ? known : [...known, clip.label];
  const keys = classKeys(all);
  const relabel = useMutation({
    mutationFn: (label: string) => client.library.relabel({ clip: clip.id, label }),
    onSuccess: (detail) => queries.setQueryData(api.library.clip.queryKey({ input: { clip: clip.id } }), detail),
    onSettled: () => invalidate(['clips', 'comparisons', 'history']),
  });
  const set = (label: string) => {
    if (label !== clip.label && !relabel.isPending) relabel.mutate(label);
  };
  useDigits((digit) => {
    const label = [...keys].find(([, key]) => key === digit)?.[0];
    if (label !== undefined) set(label);
    return label !== undefined;
  });

  return (
    <section aria-label="Set the label" className={classes.mender}>
      <Group gap="xs">
        <Title order={3}>Is the label wrong?</Title>
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
      <div className={classes.labels} role="group" aria-label="Classes">
        {all.slice(0, MOST_BUTTONS).map((name) => (
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
      {relabel.isError && <Failure error={relabel.error} title="The label could not be changed" />}
    </section>
  );
}

/** Digits pressed anywhere in the room but where something is typed; the listener answers whether it took them. */
function useDigits(listener: (digit: string) => boolean): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
      // The list of clips has the focus while it is walked; it has no use for digits.
      const inList = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'listbox';
      if (!inList && belongsToFocus(event.key, event.target)) return;
      if (newest.current(event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
