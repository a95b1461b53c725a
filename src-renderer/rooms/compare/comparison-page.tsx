import { Accordion, Button, Skeleton, Switch, Text, Title } from '@mantine/core';
import { IconTrendingDown } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { Link } from 'wouter';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { paths } from '../../app/paths.ts';
import { Failure } from '../../parts/failure.tsx';
import { Panels } from '../../parts/panels.tsx';
import { plural } from '../../parts/format.ts';
import { LearningCurves } from '../../parts/curves/learning-curves.tsx';
import { PairedTests } from '../../parts/results/paired-tests.tsx';
import { ResultTable } from '../../parts/results/result-table.tsx';
import { ClipsPanel } from './clips/clips-panel.tsx';
import { ComparisonHead } from './comparison-head.tsx';
import { focusMatrix, MatrixSection } from './done/matrix-section.tsx';
import { Note } from './note.tsx';
import { LiveSection } from './live/live-section.tsx';
import { compareHref, useCompareRoute, type MatrixPlace } from './route.ts';
import { useComparison } from './use-comparison.ts';
import { hasEnded } from './words.ts';
import classes from './compare.module.css';

interface Props {
  comparison: number;
  place: MatrixPlace | null;
}

/** One comparison: training while it trains, then results, tests, matrices, curves; beside them the clips of a cell. */
export function ComparisonPage({ comparison: id, place }: Props) {
  const [, goTo] = useCompareRoute();
  const [perSeed, setPerSeed] = useState(false);
  const query = useComparison(id);
  const comparison = query.data;
  if (query.isError)
    return (
      <div className={classes.page}>
        <Failure error={query.error} title="This comparison cannot be shown" onRetry={() => void query.refetch()} />
        <Link href={compareHref({ view: 'start', dataset: null, from: null })}>All comparisons</Link>
      </div>
    );
  if (!comparison)
    return (
      <div className={classes.page} aria-busy="true">
        <Skeleton height={70} />
        <Skeleton height={160} />
        <Skeleton height={320} />
      </div>
    );

  const ended = hasEnded(comparison.state);
  const tested = comparison.runs.some((run) => run.result);
  const show = (next: MatrixPlace | null, replace = false) => {
    goTo({ view: 'comparison', comparison: id, place: next }, { replace });
    if (next === null && place) focusMatrix(place.cell);
  };
  // Escape leads back from the clips to their matrix, unless something nearer has a use for it.
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (event.key !== 'Escape' || !place || event.defaultPrevented) return;
    if (target.matches('input, textarea') || !event.currentTarget.contains(target)) return;
    show(null);
  };
  const curves = comparison.runs.some((run) => run.epochs.length > 0) && (
    <>
      <LearningCurves runs={comparison.runs} />
      <Button
        component={Link}
        href={paths.inspectTraining(id)}
        variant="default"
        size="xs"
        mt="sm"
        leftSection={<IconTrendingDown size={14} aria-hidden />}
      >
        Gradients while training
      </Button>
    </>
  );

  return (
    <div className={classes.frame} onKeyDown={onKeyDown}>
      <Panels
        name="compare.clips"
        sized="second"
        initial={520}
        min={380}
        rest={420}
        second={place && <ClipsPanel comparison={comparison} place={place} onPlace={show} />}
        first={
          <div className={classes.page}>
            <ComparisonHead comparison={comparison} />
            <Notes comparison={comparison} />
            {query.streamError && <Failure error={query.streamError} title="News of the training no longer arrive" />}
            {!ended && (
              <>
                <LiveSection comparison={comparison} />
                {curves && <section aria-label="Learning curves">{curves}</section>}
              </>
            )}
            {comparison.summary.length > 0 && (
              <section aria-label="Results">
                <div className={classes.sectionHead}>
                  <Title order={2}>{ended ? 'Results' : 'Results so far'}</Title>
                  {comparison.spec.seeds.length > 1 && (
                    <Switch
                      size="xs"
                      label="Each seed"
                      checked={perSeed}
                      onChange={(event) => setPerSeed(event.currentTarget.checked)}
                    />
                  )}
                </div>
                <ResultTable comparison={comparison} perSeed={perSeed} />
              </section>
            )}
            {comparison.tests.length > 0 && (
              <section aria-label="Paired tests">
                <div className={classes.sectionHead}>
                  <Title order={2}>Is the difference real?</Title>
                  <Text size="xs" c="dimmed">
                    Both networks heard the same test clips; what counts is what only one of them got right.
                  </Text>
                </div>
                <PairedTests tests={comparison.tests} />
              </section>
            )}
            {tested && <MatrixSection comparison={comparison} place={place} onPlace={(next) => show(next)} />}
            {ended && curves && (
              <Accordion variant="contained" defaultValue="curves">
                <Accordion.Item value="curves">
                  <Accordion.Control>
                    <Title order={2}>Learning curves</Title>
                  </Accordion.Control>
                  <Accordion.Panel>{curves}</Accordion.Panel>
                </Accordion.Item>
              </Accordion>
            )}
          </div>
        }
      />
    </div>
  );
}

/** What must be known before a number is believed. */
function Notes({ comparison }: { comparison: ComparisonView }) {
  const { split, labelsChanged, clipsEdited, editsChanged, skipped, id } = comparison;
  return (
    <div className={classes.notes}>
      {split.leakNote && (
        <Note tone="warning">
          <b>The test part leaks.</b> {split.leakNote} Accuracies are likely too high for new speakers.
        </Note>
      )}
      {labelsChanged > 0 && (
        <Note
          tone="warning"
          action={
            <Button
              component={Link}
              href={compareHref({ view: 'start', dataset: null, from: id })}
              variant="default"
              size="compact-xs"
            >
              Run again
            </Button>
          }
        >
          {plural(labelsChanged, 'label')} changed since these runs were tested; the numbers are of the labels then.
        </Note>
      )}
      {editsChanged > 0 && (
        <Note tone="warning">
          {plural(editsChanged, 'clip')} edited otherwise since these runs were begun; the numbers are of the sound
          then.
        </Note>
      )}
      {clipsEdited > 0 && (
        <Note tone="info">{plural(clipsEdited, 'clip')} went in as edited in the studio, not as recorded.</Note>
      )}
      {skipped.length > 0 && (
        <Note tone="info">
          <details>
            <summary>{plural(skipped.length, 'clip')} left out because they could not be read</summary>
            <ul>
              {skipped.slice(0, 200).map(({ file, reason }) => (
                <li key={file}>
                  {file}: {reason}
                </li>
              ))}
            </ul>
          </details>
        </Note>
      )}
    </div>
  );
}
