import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { TestedClip } from '#shared/contract/inspect.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { chooseClip, chooseDataset } from '../../../app/selection.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Panels } from '../../../parts/panels.tsx';
import { useInspectRoute } from '../route.ts';
import { useHabits } from '../state.ts';
import { ClipList } from './clip-list.tsx';
import { InsideClip, REST_MS } from './inside-clip.tsx';
import { askAhead, networksOf } from './use-networks.ts';
import classes from '../inspect.module.css';

interface Props {
  comparison: number;
  /** null: the first one that was got wrong. */
  clip: number | null;
}

/** The clips that the networks of a comparison were tested on, and what happens inside of them over one. */
export function InsideComparison({ comparison: id, clip }: Props) {
  const comparison = useQuery(api.compare.get.queryOptions({ input: { comparison: id } }));
  const [chosen, setSeed] = useState<number | null>(null);
  const seeds = comparison.data ? testedSeeds(comparison.data) : [];
  const seed = chosen ?? seeds[0] ?? null;
  const clips = useQuery({
    ...api.inspect.clips.queryOptions({ input: { comparison: id, seed: seed ?? 0 } }),
    enabled: seed !== null,
  });
  const { go } = useInspectRoute();
  const known = useQueryClient();
  const cell = useHabits((state) => state.cell);
  const first = clips.data && firstMistake(clips.data, cell);
  useEffect(() => {
    if (clip === null && first !== undefined) go(id, first, true);
    // Where one is led once, when the clips are there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [clip, first]);
  const dataset = comparison.data?.dataset.id;
  useEffect(() => {
    if (dataset === undefined) return;
    chooseDataset(dataset);
    if (clip !== null) chooseClip(clip);
  }, [dataset, clip]);

  const lastChosen = useRef(0);
  const choose = (next: number) => {
    const now = performance.now();
    // Drawing a page anew takes longer than asking; whoever runs through the list asks where they come to rest.
    if (comparison.data && now - lastChosen.current > REST_MS)
      askAhead(known, networksOf(comparison.data, seed, cell).inSight, next);
    lastChosen.current = now;
    go(id, next, clip !== null);
  };

  const error = comparison.error ?? clips.error;
  if (error)
    return (
      <div className={classes.page}>
        <Failure error={error} title="This comparison cannot be looked into" onRetry={() => void clips.refetch()} />
      </div>
    );
  if (!comparison.data || (seed !== null && !clips.data)) return <Loading label="Loading the clips" />;
  return (
    <Panels
      name="inspect.clips"
      sized="first"
      initial={232}
      min={190}
      rest={620}
      first={
        <ClipList
          comparison={comparison.data}
          seed={seed}
          seeds={seeds}
          onSeed={setSeed}
          clips={clips.data ?? []}
          clip={clip}
          onChoose={choose}
        />
      }
      second={<InsideClip comparison={comparison.data} seed={seed} clips={clips.data ?? []} clip={clip} />}
    />
  );
}

const testedSeeds = ({ runs }: ComparisonView): number[] => [
  ...new Set(runs.filter(({ result }) => result !== null).map(({ seed }) => seed)),
];

/** Where looking is most worth while: what the network in sight (else any) got wrong. */
function firstMistake(clips: readonly TestedClip[], cell: string | null): number | undefined {
  const wrong = (clip: TestedClip, only: boolean) =>
    clip.said.some((one) => (!only || one.cell === cell) && one.predicted !== clip.truth);
  const there = clips.filter(({ missing }) => !missing);
  return (there.find((clip) => wrong(clip, true)) ?? there.find((clip) => wrong(clip, false)) ?? there[0])?.clip;
}
