import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RunView } from '#shared/domain/run.ts';
import { Panels } from '../../../parts/panels.tsx';
import { useInspect } from '../state.ts';
import { LikesPanel } from './likes-panel.tsx';

interface Props {
  comparison: number;
  /** Networks in sight. */
  runs: readonly RunView[];
  children: ReactNode;
}

/** A page with, once it is asked for, what a unit likes beside it. Another unit draws only that anew. */
export function WithLikes({ comparison, runs, children }: Props) {
  const likes = useInspect((state) => state.likes);
  const run = likes && (runs.find(({ id }) => id === likes.run) ?? runs[0]);
  return (
    <Panels
      name="inspect.likes"
      sized="second"
      initial={360}
      min={280}
      rest={420}
      first={children}
      second={likes && run && <LikesPanel comparison={comparison} run={run} unit={likes} />}
    />
  );
}

/** The keyboard's way to it: from the first unit on. */
export function LikesButton({ run }: { run: RunView }) {
  const open = useInspect((state) => state.likes !== null);
  if (open) return null;
  return (
    <Button
      variant="default"
      size="xs"
      onClick={() => useInspect.setState({ likes: { run: run.id, signal: 'hidden', unit: 0 } })}
    >
      What units like
    </Button>
  );
}
