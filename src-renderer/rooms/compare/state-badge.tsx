import { Badge } from '@mantine/core';
import type { ComparisonState } from '#shared/domain/comparison.ts';
import { STATE_WORDS } from './words.ts';

const COLOURS: Record<ComparisonState, string> = {
  preparing: 'iris',
  training: 'iris',
  paused: 'gray',
  interrupted: 'yellow',
  done: 'teal',
  stopped: 'gray',
  failed: 'red',
};

/** A comparison's state in a word. */
export function StateBadge({ state }: { state: ComparisonState }) {
  return (
    <Badge
      color={COLOURS[state]}
      style={{ flex: 'none', overflow: 'visible' }}
      styles={{ label: { overflow: 'visible' } }}
    >
      {STATE_WORDS[state]}
    </Badge>
  );
}
