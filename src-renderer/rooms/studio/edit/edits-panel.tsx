import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconArrowBackUp, IconEdit } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { useOverlays } from '../../../app/overlays.ts';
import { tellError } from '../../../app/tell.tsx';
import { client } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { plural } from '../../../parts/format.ts';
import { useStudio } from '../state.ts';
import classes from './edit.module.css';

/** The clip's list of edits in words: back to any of them, and the original heard and seen against it. */
export default function EditsPanel({ open }: { open: StudioClip }) {
  const { clip, editWords } = open;
  const listened = useStudio((state) => state.upTo);
  useEffect(() => () => useStudio.setState({ upTo: null }), [clip.id, clip.version]);
  const back = useMutation({
    mutationFn: (count: number) => client.studio.keepEdits({ clip: clip.id, count }),
    onError: (error) => tellError(error, 'The edits were not taken back'),
  });
  if (editWords.length === 0)
    return (
      <Empty icon={IconEdit} title="Not edited">
        Every edit of this clip is listed here, and can be taken back. The file itself is never changed.
      </Empty>
    );
  const count = editWords.length;
  const shown = listened ?? count;
  return (
    <div className={classes.panel}>
      <div className={classes.panelHead}>
        <SegmentedControl
          aria-label="What is heard and drawn"
          data={[
            { value: 'original', label: 'Original' },
            { value: 'edited', label: 'Edited' },
          ]}
          value={listened === 0 ? 'original' : 'edited'}
          onChange={(value) => useStudio.setState({ upTo: value === 'original' ? 0 : null })}
        />
        <Text size="xs" c="dimmed">
          {plural(count, 'edit')}
        </Text>
        <Button variant="subtle" size="compact-xs" ml="auto" onClick={() => useOverlays.setState({ history: true })}>
          History
        </Button>
      </div>
      <div className={classes.scroll}>
        <ol className={classes.list} aria-label="Edits of the clip, the first one first">
          <Row
            number={0}
            words="The original"
            heard={shown === 0}
            onBack={() => back.mutate(0)}
            busy={back.isPending}
          />
          {editWords.map((words, index) => (
            <Row
              key={index}
              number={index + 1}
              words={words}
              heard={index + 1 <= shown}
              onBack={index + 1 < count ? () => back.mutate(index + 1) : null}
              busy={back.isPending}
            />
          ))}
        </ol>
      </div>
    </div>
  );
}

interface RowProps {
  number: number;
  words: string;
  /** Whether it is in what is heard and drawn. */
  heard: boolean;
  /** Takes back all that came after; null: nothing did. */
  onBack: (() => void) | null;
  busy: boolean;
}

function Row({ number, words, heard, onBack, busy }: RowProps) {
  const set = () => useStudio.setState({ upTo: onBack === null ? null : number });
  return (
    <li className={classes.row} data-heard={heard || undefined}>
      <span className={classes.number}>{number === 0 ? '' : number}</span>
      <button
        type="button"
        className={classes.state}
        title={onBack === null ? 'Hear and see it with all edits' : 'Hear and see it up to here; nothing is taken back'}
        onClick={set}
      >
        {words}
      </button>
      {onBack && (
        <Group gap={4} wrap="nowrap">
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconArrowBackUp size={13} aria-hidden />}
            disabled={busy}
            aria-label={`Back to here: ${number === 0 ? 'the original' : `edit ${number}, ${words}`}`}
            onClick={onBack}
          >
            Back to here
          </Button>
        </Group>
      )}
    </li>
  );
}
