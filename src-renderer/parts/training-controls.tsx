import { Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ActionId } from '../app/actions.ts';
import { useAction } from '../app/use-action.ts';
import { ActionTip } from './kbd.tsx';

interface Props {
  actions: { pause: ActionId; stop: ActionId };
  /** What can be done in the state it is in. */
  live: boolean;
  resumable: boolean;
  stoppable: boolean;
  /** One of the steps is on its way. */
  pending: boolean;
  onStep: (step: 'pause' | 'resume' | 'stop') => void;
  /** Where it goes on from. */
  resumeLabel: string;
  /** Asked before it is stopped: a question, and what becomes of what was trained. */
  stop: { title: string; words: string };
}

/** Pause, resume and stop of what is being trained, by buttons and keys. */
export function TrainingControls({ actions, live, resumable, stoppable, pending, onStep, resumeLabel, stop }: Props) {
  const askStop = () =>
    modals.openConfirmModal({
      title: stop.title,
      children: <Text size="sm">{stop.words}</Text>,
      labels: { confirm: 'Stop and test', cancel: 'Go on training' },
      confirmProps: { color: 'red' },
      onConfirm: () => onStep('stop'),
    });
  useAction(actions.pause, () => onStep(live ? 'pause' : 'resume'), live || resumable);
  useAction(actions.stop, askStop, stoppable);
  return (
    <Group gap="xs" ml="auto">
      {live && (
        <ActionTip action={actions.pause} label="Pause after the batch at hand">
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={14} aria-hidden />}
            loading={pending}
            onClick={() => onStep('pause')}
          >
            Pause
          </Button>
        </ActionTip>
      )}
      {resumable && (
        <ActionTip action={actions.pause} label={resumeLabel}>
          <Button
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={pending}
            onClick={() => onStep('resume')}
          >
            Resume
          </Button>
        </ActionTip>
      )}
      {stoppable && (
        <ActionTip action={actions.stop}>
          <Button variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={askStop}>
            Stop
          </Button>
        </ActionTip>
      )}
    </Group>
  );
}
