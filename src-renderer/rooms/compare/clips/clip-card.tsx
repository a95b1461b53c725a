import { Button, Skeleton, Text } from '@mantine/core';
import { IconEyeSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { CellClip } from '#shared/contract/compare.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { ClipView } from '../../../parts/sound/clip-view.tsx';
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
  const predictions = useQuery({
    ...api.compare.predictions.queryOptions({ input: { comparison: comparison.id, clip: row.clip } }),
    // Walking through clips must not make the page jump.
    placeholderData: (before) => before,
  });
  return (
    <div className={classes.card}>
      <ClipView
        clip={row.clip}
        autoplay
        spectrogramHeight={110}
        beside={
          clip.data &&
          clip.data.label !== row.truth && (
            <Text size="xs" c="dimmed">
              tested as {row.truth}; counted so until the networks are run again
            </Text>
          )
        }
      >
        <section aria-label="What the networks said" aria-busy={predictions.isPlaceholderData}>
          {predictions.isError ? (
            <Failure error={predictions.error} title="What the networks said cannot be shown" />
          ) : predictions.data ? (
            <WhatTheySaid predictions={predictions.data} truth={row.truth} chosen={cell} />
          ) : (
            <Skeleton height={150} />
          )}
        </section>
        <Button
          component={Link}
          href={paths.inspect(comparison.id, row.clip)}
          variant="default"
          size="compact-sm"
          leftSection={<IconEyeSearch size={14} aria-hidden />}
          w="fit-content"
        >
          Look inside the networks
        </Button>
        {clip.data && <LabelMender key={row.clip} clip={clip.data} classes={comparison.classes} />}
      </ClipView>
    </div>
  );
}
