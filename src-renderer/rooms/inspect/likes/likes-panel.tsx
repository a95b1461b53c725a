import { ActionIcon, CloseButton, Group, NumberInput, Select, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { UnitLikes } from '#shared/domain/likes.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { RunView } from '#shared/domain/run.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import { Failure } from '../../../parts/failure.tsx';
import { SaveMenu } from '../../../parts/figure/save-menu.tsx';
import { plural } from '../../../parts/format.ts';
import { useInspect, type FollowedUnit } from '../state.ts';
import { WalkProgress } from '../walk-progress.tsx';
import { ClassBars } from './class-bars.tsx';
import { MomentList } from './moment-list.tsx';
import { likesCsv, likesFigure, likesName } from './save-likes.ts';
import { useLikes } from './use-likes.ts';
import { selectivityWords, signalOf } from './words.ts';
import classes from './likes.module.css';

interface Props {
  comparison: number;
  run: RunView;
  unit: FollowedUnit;
}

/** Where in the test part a unit is strongest, and in which classes: beside the clip, of any signal and unit of the layer in sight. */
export function LikesPanel({ comparison, run, unit: asked }: Props) {
  const { layer, reverse } = useInspect();
  const signals = SIGNALS[run.cell];
  const signal = signals.find(({ id }) => id === asked.signal) ?? signals.at(-1)!;
  const most = run.model.hiddenSize - 1;
  const unit = Math.min(asked.unit, most);
  const backwards = reverse && run.model.bidirectional && run.cell !== 'dnn';
  const likes = useLikes({
    ...{ run: run.id, parts: ['test'], layer: Math.min(layer, run.model.numLayers - 1) },
    ...{ reverse: backwards, signal: signal.id, unit },
  });
  const choose = (change: Partial<FollowedUnit>) =>
    useInspect.setState({ likes: { run: run.id, signal: signal.id, unit, ...change } });
  return (
    <section className={classes.panel} aria-label="What a unit likes" aria-busy={likes.progress !== null}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} size="h4">
          What {CELL_NAMES[run.cell]} unit {unit} likes
        </Title>
        <CloseButton aria-label="Close what a unit likes" onClick={() => useInspect.setState({ likes: null })} />
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Select
          size="xs"
          aria-label="Signal of the unit"
          allowDeselect={false}
          value={signal.id}
          data={signals.map(({ id, name, symbol }) => ({ value: id, label: `${name} ${symbol}` }))}
          onChange={(value) => value && choose({ signal: value })}
        />
        <ActionIcon
          variant="default"
          aria-label="Unit before"
          disabled={unit === 0}
          onClick={() => choose({ unit: unit - 1 })}
        >
          <IconChevronLeft size={15} />
        </ActionIcon>
        <NumberInput
          size="xs"
          w={64}
          aria-label={`Unit, 0 to ${most}`}
          hideControls
          min={0}
          max={most}
          allowDecimal={false}
          value={unit}
          onChange={(value) => typeof value === 'number' && choose({ unit: Math.min(most, Math.max(0, value)) })}
        />
        <ActionIcon
          variant="default"
          aria-label="Unit after"
          disabled={unit === most}
          onClick={() => choose({ unit: unit + 1 })}
        >
          <IconChevronRight size={15} />
        </ActionIcon>
      </Group>
      <WalkProgress walk={likes} name="What units like" />
      {likes.error !== null && <Failure error={likes.error} title="It could not be found out" onRetry={likes.retry} />}
      {likes.data && likes.error === null && (
        <div className={classes.found} data-stale={likes.stale || undefined}>
          <Found comparison={comparison} likes={likes.data} />
        </div>
      )}
    </section>
  );
}

function Found({ comparison, likes }: { comparison: number; likes: UnitLikes }) {
  const signal = signalOf(likes);
  const { layer, reverse, unit, units, seed, clips, leftOut, cell } = likes;
  return (
    <>
      <Text size="xs" c="dimmed" className="hark-numbers">
        {signal.name} <i>{signal.symbol}</i>, layer {layer + 1}
        {reverse && ', backwards'}, unit {unit} of {units} · {CELL_NAMES[cell]}, seed {seed} · over{' '}
        {plural(clips, 'test clip')}
        {leftOut.length > 0 && `, ${leftOut.length} left out that could not be read`}
      </Text>
      <Text size="sm">{selectivityWords(likes)}</Text>
      <ClassBars likes={likes} />
      <MomentList comparison={comparison} likes={likes} />
      <div>
        <SaveMenu
          name={likesName(likes)}
          figure={() => likesFigure(likes)}
          csv={() => likesCsv(likes)}
          rows="a row a moment"
        />
      </div>
    </>
  );
}
