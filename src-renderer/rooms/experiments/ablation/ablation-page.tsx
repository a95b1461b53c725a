import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { FACTORS } from '#shared/domain/factors.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { hasEnded } from '../../compare/words.ts';
import { AblationHead } from './ablation-head.tsx';
import { LevelTable } from './level-table.tsx';
import { Outcome } from './outcome.tsx';
import { Progressing } from './progressing.tsx';
import { restWords } from './words.ts';
import classes from '../experiments.module.css';

/** One ablation: how far it is, the chart that grows with it, what comes of it, and the numbers. */
export function AblationPage({ sweep: id }: { sweep: number }) {
  const query = useQuery(api.experiments.get.queryOptions({ input: { sweep: id } }));
  const sweep = query.data;
  if (query.isError)
    return (
      <div className={classes.page}>
        <Failure error={query.error} title="This ablation cannot be shown" onRetry={() => void query.refetch()} />
        <Link href={paths.experiments}>All ablations</Link>
      </div>
    );
  if (!sweep)
    return (
      <div className={classes.page} aria-busy="true">
        <Skeleton height={70} />
        <Skeleton height={340} />
        <Skeleton height={240} />
      </div>
    );
  return (
    <div className={classes.page}>
      <AblationHead sweep={sweep} />
      {!hasEnded(sweep.state) && <Progressing sweep={sweep} />}
      <div className={classes.says}>
        <Text fw={600}>{FACTORS[sweep.spec.factor].asks}</Text>
        <Text>{FACTORS[sweep.spec.factor].says}</Text>
        <Text size="xs" c="dimmed">
          {restWords(sweep)}
        </Text>
      </div>
      <Outcome sweep={sweep} />
      <section aria-label="Levels">
        <div className={classes.sectionHead}>
          <Title order={2}>Level by level</Title>
          <Text size="xs" c="dimmed">
            Each level is a comparison of its own, with its matrices, curves and every answer.
          </Text>
        </div>
        <LevelTable sweep={sweep} />
      </section>
    </div>
  );
}
