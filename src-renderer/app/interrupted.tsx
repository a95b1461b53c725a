import { Button, CloseButton, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, client } from '../client/client.ts';
import { paths } from './paths.ts';
import classes from './shell.module.css';
import { tellError } from './tell.tsx';

/** Work that can be taken up again. */
interface CutOff {
  what: 'comparison' | 'ablation';
  id: number;
  name: string;
}

const KINDS: Record<CutOff['what'], { path: (id: number) => string; resume: (id: number) => Promise<unknown> }> = {
  comparison: { path: paths.comparison, resume: (comparison) => client.compare.resume({ comparison }) },
  ablation: { path: paths.ablation, resume: (sweep) => client.experiments.resume({ sweep }) },
};

const keyOf = ({ what, id }: CutOff) => `${what} ${id}`;

/** Offers to go on with comparisons and ablations that a crash or a closed app has cut off. */
export function Interrupted() {
  const info = useQuery(api.lab.info.queryOptions());
  const sweeps = useQuery(api.experiments.list.queryOptions());
  const [later, setLater] = useState<readonly string[]>([]);
  const resume = useMutation({
    mutationFn: ({ what, id }: CutOff) => KINDS[what].resume(id),
    onError: (error) => tellError(error),
  });
  const cutOff: CutOff[] = [
    ...(info.data?.interrupted ?? []).map(({ id, name }) => ({ what: 'comparison' as const, id, name })),
    ...(sweeps.data ?? [])
      .filter(({ state }) => state === 'interrupted')
      .map(({ id, name }) => ({ what: 'ablation' as const, id, name })),
  ];
  return cutOff
    .filter((work) => !later.includes(keyOf(work)))
    .map((work) => (
      <div key={keyOf(work)} className={classes.banner} data-tone="warning" role="status">
        <Text size="sm">
          The {work.what} <Link href={KINDS[work.what].path(work.id)}>{work.name}</Link> was cut off. It can go on from
          its last checkpoint; at most the epoch at hand is trained again.
        </Text>
        <Button
          loading={resume.isPending && keyOf(resume.variables) === keyOf(work)}
          onClick={() => resume.mutate(work)}
        >
          Go on
        </Button>
        <CloseButton
          aria-label={`Not now: ${work.name}`}
          title="Not now"
          onClick={() => setLater([...later, keyOf(work)])}
        />
      </div>
    ));
}
