import { Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CellClip } from '#shared/contract/compare.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { frequency } from '../../../parts/format.ts';
import { LabelMender } from './label-mender.tsx';
import { WhatTheySaid } from './what-they-said.tsx';
import classes from './clips.module.css';

interface Props {
  comparison: ComparisonView;
  row: CellClip;
  /** The network whose cell of the matrix was chosen. */
  cell: Cell;
}

/** One clip: its sound drawn, what every network said of it and how surely, and its label to be mended. */
export function ClipCard({ comparison, row, cell }: Props) {
  const clip = useQuery(api.library.clip.queryOptions({ input: { clip: row.clip } }));
  const predictions = useQuery(
    api.compare.predictions.queryOptions({ input: { comparison: comparison.id, clip: row.clip } }),
  );
  return (
    <div className={classes.card}>
      <div className={classes.cardHead}>
        <Title order={3} className="hark-ellipsis" title={clip.data?.path ?? row.file}>
          {row.file}
        </Title>
        <Text size="xs" c="dimmed">
          {[row.speaker && `speaker ${row.speaker}`, clip.data && frequency(clip.data.sampleRate)].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <section aria-label="What the networks said">
        {predictions.isError ? (
          <Failure error={predictions.error} title="What the networks said cannot be shown" />
        ) : predictions.data ? (
          <WhatTheySaid predictions={predictions.data} truth={row.truth} chosen={cell} />
        ) : (
          <Skeleton height={150} />
        )}
      </section>
      {clip.data && <LabelMender clip={clip.data} tested={row.truth} classes={comparison.classes} />}
    </div>
  );
}
