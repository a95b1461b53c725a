import { Button, CloseButton, Group, Skeleton, Text, Title, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { chooseClip } from '../../../app/selection.ts';
import { useAction } from '../../../app/use-action.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { plural } from '../../../parts/format.ts';
import { Keys } from '../../../parts/kbd.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import type { MatrixPlace } from '../route.ts';
import { ClipCard } from './clip-card.tsx';
import { ClipList } from './clip-list.tsx';
import classes from './clips.module.css';

interface Props {
  comparison: ComparisonView;
  place: MatrixPlace;
  /** null closes the panel; `replace` leaves no step in the browser's history. */
  onPlace: (place: MatrixPlace | null, replace?: boolean) => void;
}

/** The clips behind a cell of a matrix: a list the arrows walk and play, and the one at hand with all that was said of it. */
export function ClipsPanel({ comparison, place, onPlace }: Props) {
  const { cell, seed, truth, predicted } = place;
  const query = useQuery(
    api.compare.cellClips.queryOptions({ input: { comparison: comparison.id, cell, seed, truth, predicted } }),
  );
  const clips = query.data ?? [];
  const index = Math.max(
    0,
    clips.findIndex(({ clip }) => clip === place.clip),
  );
  const current = clips.at(index);
  const choose = (next: number) => {
    const clip = clips[Math.min(clips.length - 1, Math.max(0, next))];
    if (clip) onPlace({ ...place, clip: clip.clip }, true);
  };
  useAction('list.next', () => choose(index + 1), clips.length > 0);
  useAction('list.previous', () => choose(index - 1), clips.length > 0);
  const id = current?.clip ?? null;
  useEffect(() => {
    chooseClip(id);
  }, [id]);

  return (
    <aside className={classes.panel} aria-label="Clips behind the matrix">
      <header className={classes.head}>
        <div>
          <Title order={2} className={classes.title}>
            <CellName cell={cell} />
            {truth === null ? (
              'all mistakes'
            ) : predicted === null ? (
              <>
                mistakes of <b className={classes.truth}>{truth}</b>
              </>
            ) : truth === predicted ? (
              <>
                <b className={classes.truth}>{truth}</b> named rightly
              </>
            ) : (
              <>
                <b className={classes.truth}>{truth}</b> taken for <b className={classes.prediction}>{predicted}</b>
              </>
            )}
          </Title>
          <Text size="xs" c="dimmed">
            {query.data ? plural(clips.length, 'clip') : 'Looking'},{' '}
            {seed !== null
              ? `seed ${seed}`
              : comparison.spec.seeds.length > 1
                ? 'any of the seeds'
                : `seed ${comparison.spec.seeds[0]}`}
          </Text>
        </div>
        <Tooltip
          label={
            <Group gap={6}>
              Close <Keys chord="Escape" />
            </Group>
          }
        >
          <CloseButton aria-label="Close the clips" onClick={() => onPlace(null)} />
        </Tooltip>
      </header>
      <div className={classes.tools}>
        <span className={classes.hint}>
          <Keys chord="ArrowUp" /> <Keys chord="ArrowDown" /> next clip, digits set the label
        </span>
        <Group gap={4} ml="auto">
          {truth !== null && predicted !== null && (
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => onPlace({ ...place, predicted: null, clip: null })}
            >
              All mistakes of {truth}
            </Button>
          )}
          {truth !== null && (
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => onPlace({ ...place, truth: null, predicted: null, clip: null })}
            >
              All mistakes
            </Button>
          )}
        </Group>
      </div>
      {query.isError ? (
        <Failure error={query.error} title="The clips cannot be listed" onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Skeleton height={180} aria-label="Looking for the clips" />
      ) : clips.length === 0 ? (
        <Text c="dimmed" p="md" ta="center">
          {truth !== null && truth !== predicted && predicted !== null
            ? `Not one ${truth} was taken for ${predicted}.`
            : 'There is no such clip.'}
        </Text>
      ) : (
        <>
          <ClipList
            key={`${cell} ${seed} ${truth} ${predicted}`}
            clips={clips}
            index={index}
            onChoose={choose}
            seeds={seed === null ? comparison.spec.seeds.length : 1}
          />
          {current && <ClipCard comparison={comparison} row={current} cell={cell} />}
        </>
      )}
    </aside>
  );
}
