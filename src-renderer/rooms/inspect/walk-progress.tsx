import { Button, Group, Progress, Text } from '@mantine/core';
import type { WalkStage } from '#shared/domain/clip-map.ts';
import { count } from '../../parts/format.ts';
import type { Walked } from './use-walk.ts';

const STAGE_WORDS: Record<WalkStage, { doing: string; unit: string }> = {
  features: { doing: 'Features', unit: 'clips' },
  network: { doing: 'Through the network', unit: 'clips' },
  neighbours: { doing: 'Nearest neighbours', unit: 'clips' },
  layout: { doing: 'Laying out', unit: 'steps' },
};

/** How far work through many clips is, and the way to stop it; once stopped, the way to begin it again. */
export function WalkProgress({ walk, name }: { walk: Walked<unknown>; name: string }) {
  const { progress, stopped } = walk;
  if (stopped)
    return (
      <Group gap="xs" role="status">
        <Text size="xs">{name}: stopped.</Text>
        <Button size="compact-xs" variant="default" onClick={walk.retry}>
          Begin again
        </Button>
      </Group>
    );
  if (progress === null) return null;
  const stage = progress === 'beginning' ? null : progress;
  const { doing, unit } = stage ? STAGE_WORDS[stage.stage] : { doing: 'Beginning', unit: '' };
  return (
    <div role="status">
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed" className="hark-numbers">
          {doing}
          {stage && `: ${count(stage.done)} of ${count(stage.total)} ${unit}`}
        </Text>
        <Button variant="default" size="compact-xs" onClick={walk.stop}>
          Stop
        </Button>
      </Group>
      <Progress
        mt={4}
        size="sm"
        value={stage && stage.total > 0 ? (100 * stage.done) / stage.total : 100}
        animated={stage === null}
        aria-label={`${name} under way`}
      />
    </div>
  );
}
