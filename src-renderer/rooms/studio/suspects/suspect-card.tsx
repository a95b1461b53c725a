import { Button, Group, Text } from '@mantine/core';
import type { Suspect, SuspectSearch } from '#shared/domain/queue.ts';
import { actionOf, type ActionId } from '../../../app/actions.ts';
import { useBindings } from '../../../app/bindings.ts';
import { percent, plural } from '../../../parts/format.ts';
import { ActionTip, Keys } from '../../../parts/kbd.tsx';
import { Transport } from '../../../parts/sound/transport.tsx';
import { Stage } from '../queue/stage.tsx';
import classes from './suspects.module.css';

interface Props {
  suspect: Suspect;
  next: Suspect | null;
  search: SuspectSearch;
  dataset: number;
  autoplay: boolean;
  onJudge: (verdict: 'accepted' | 'refused') => void;
  onUndo: () => void;
}

/** One suspect: what it is labelled, what the networks take it for, its sound, and the verdict. */
export function SuspectCard({ suspect, next, search, dataset, autoplay, onJudge, onUndo }: Props) {
  const { file, given, label, likely, givenProbability, likelyProbability, against, verdict } = suspect;
  const seeds = search.seeds.length;
  return (
    <section className={classes.card} aria-label={`Suspect ${file}`}>
      <Group gap="md">
        <Text className={classes.big}>
          <b className={classes.given}>{given}</b> → <b className={classes.likely}>{likely}</b>
        </Text>
        <Text size="sm" c="dimmed" className="hark-ellipsis" title={file}>
          {file}
        </Text>
      </Group>
      <Text size="sm" className="hark-numbers">
        Networks that were not trained on it give “{given}” {percent(givenProbability)} and “{likely}”{' '}
        {percent(likelyProbability)} (mean of {plural(seeds, 'seed')}); {against} of {seeds} put another class first.
        {label !== given && ` The label is now “${label}”.`}
        {verdict === 'refused' && ' You said that the label is right.'}
      </Text>
      <Stage clip={suspect} next={next} dataset={dataset} autoplay={autoplay} />
      <Group gap="xs" justify="space-between">
        {!suspect.missing && (
          <Transport
            clip={suspect.clip}
            which={{ v: suspect.version }}
            duration={suspect.duration}
            autoplay={autoplay}
          />
        )}
        <Group gap="xs" role="group" aria-label="Verdict">
          <KeyButton
            action="suspects.accept"
            label={`It is ${likely}`}
            pressed={verdict === 'accepted'}
            onClick={() => onJudge('accepted')}
          />
          <KeyButton
            action="suspects.refuse"
            label={`${given} is right`}
            pressed={verdict === 'refused'}
            onClick={() => onJudge('refused')}
          />
          <KeyButton action="suspects.undo" label="Take back" onClick={onUndo} />
        </Group>
      </Group>
    </section>
  );
}

interface KeyButtonProps {
  action: ActionId;
  label: string;
  pressed?: boolean;
  onClick: () => void;
}

function KeyButton({ action, label, pressed, onClick }: KeyButtonProps) {
  const [chord] = useBindings((state) => state.of(action));
  const { icon: Sign } = actionOf(action);
  return (
    <ActionTip action={action}>
      <Button
        variant={pressed ? 'filled' : 'default'}
        aria-pressed={pressed}
        leftSection={<Sign size={15} aria-hidden />}
        rightSection={chord && <Keys chord={chord} />}
        // The keys stay with the list.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
      >
        {label}
      </Button>
    </ActionTip>
  );
}
