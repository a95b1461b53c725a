import { Button, CloseButton, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, client } from '../client/client.ts';
import { paths } from './paths.ts';
import classes from './shell.module.css';
import { tellError } from './tell.tsx';

/** Offers to go on with comparisons that a crash or a closed app has cut off. */
export function Interrupted() {
  const info = useQuery(api.lab.info.queryOptions());
  const [later, setLater] = useState<number[]>([]);
  const resume = useMutation({
    mutationFn: (comparison: number) => client.compare.resume({ comparison }),
    onError: (error) => tellError(error),
  });
  const cutOff = info.data?.interrupted.filter(({ id }) => !later.includes(id)) ?? [];
  return cutOff.map(({ id, name }) => (
    <div key={id} className={classes.banner} data-tone="warning" role="status">
      <Text size="sm">
        The comparison <Link href={paths.comparison(id)}>{name}</Link> was cut off. It can go on from its last
        checkpoint; at most the epoch at hand is trained again.
      </Text>
      <Button loading={resume.isPending && resume.variables === id} onClick={() => resume.mutate(id)}>
        Go on
      </Button>
      <CloseButton aria-label={`Not now: ${name}`} title="Not now" onClick={() => setLater([...later, id])} />
    </div>
  ));
}
