import { Badge } from '@mantine/core';
import { STATE_WORDS, type AnyState } from './words.ts';

const COLOURS: Record<AnyState, string> = {
  waiting: 'gray',
  running: 'iris',
  preparing: 'iris',
  training: 'iris',
  paused: 'gray',
  interrupted: 'yellow',
  done: 'teal',
  stopped: 'gray',
  failed: 'red',
};

/** The state of a comparison, an ablation or one of its levels in a word. */
export function StateBadge({ state }: { state: AnyState }) {
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
