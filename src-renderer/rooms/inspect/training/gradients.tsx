import { Button, SegmentedControl } from '@mantine/core';
import { IconRefresh, IconTrendingDown } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { ProbesView } from '#shared/domain/training-probe.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Section } from '../../../parts/section.tsx';
import { compareHref } from '../../compare/route.ts';
import { EpochBar } from './epoch-bar.tsx';
import { PlotSection } from './plot-section.tsx';
import { radiusFindings, radiusNumbers, radiusPlot } from './radius.ts';
import { useTrainingView, type StateKind } from './state.ts';
import { throughTimeFindings, throughTimeNumbers, throughTimePlot, type Place } from './through-time.ts';
import { fileName, probeBasis } from './words.ts';
import classes from './training.module.css';

const [GRADIENTS_HEIGHT, RADIUS_HEIGHT] = [300, 230];

interface Props {
  comparison: ComparisonView;
  seed: number;
  probes: ProbesView;
  live: boolean;
}

/** Gradients back through time of an epoch, and spectral radii of all epochs. */
export function Gradients({ comparison, seed, probes, live }: Props) {
  const view = useTrainingView();
  const epochs = [...new Set(probes.flatMap((run) => run.epochs.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
  const newest = epochs.at(-1);
  const epoch = view.epoch === null ? (newest ?? 0) : (epochs.findLast((one) => one <= view.epoch!) ?? 0);
  const asked = (of: number) => ({
    ...api.inspect.trainingGradients.queryOptions({ input: { comparison: comparison.id, seed, epoch: of } }),
    enabled: newest !== undefined,
    placeholderData: keepPreviousData,
    // An epoch that all networks have gone through stays as it is.
    staleTime: live ? 0 : Infinity,
  });
  const query = useQuery(asked(epoch));
  const beginning = useQuery({ ...asked(0), enabled: newest !== undefined && view.beginning });
  if (newest === undefined) return <Nothing comparison={comparison} live={live} />;
  if (query.error)
    return <Failure error={query.error} title="The gradients cannot be shown" onRetry={() => void query.refetch()} />;
  const gradients = query.data;
  if (!gradients) return <Loading label="Loading the gradients" />;

  const { numLayers, bidirectional } = comparison.spec.model;
  const lstm = comparison.spec.cells.includes('lstm');
  const place: Place = {
    layer: Math.min(view.layer, numLayers - 1),
    reverse: bidirectional && view.reverse,
    state: lstm ? view.state : 'hidden',
  };
  const before = view.beginning && epoch > 0 ? (beginning.data ?? []).filter((run) => run.epoch === 0) : [];
  const where = placeWords(place, numLayers, bidirectional);
  const head = gradients[0]?.head ?? probes.find((run) => run.head)!.head!;
  return (
    <>
      <PlotSection
        wide
        title={`Gradient back through time${where}`}
        says="How much of the loss reaches a state so many frames before the end. A line that falls is a gradient that vanishes: what was heard there cannot be learnt from. One that rises explodes."
        data={throughTimePlot(gradients, place, before)}
        numbers={throughTimeNumbers(gradients, place)}
        height={GRADIENTS_HEIGHT}
        name={fileName(comparison, seed, `gradients-epoch-${epoch}`)}
        basis={probeBasis(head, comparison, seed)}
        findings={throughTimeFindings(gradients, place)}
        controls={
          <div className={classes.controls}>
            <EpochBar epochs={epochs} epoch={epoch} total={comparison.spec.training.epochs} live={live} />
            {numLayers > 1 && (
              <SegmentedControl
                size="xs"
                aria-label="Layer"
                value={String(place.layer)}
                onChange={(value) => useTrainingView.setState({ layer: Number(value) })}
                data={Array.from({ length: numLayers }, (_, layer) => ({
                  value: String(layer),
                  label: `Layer ${layer + 1}`,
                }))}
              />
            )}
            {bidirectional && (
              <SegmentedControl
                size="xs"
                aria-label="Direction"
                value={String(place.reverse)}
                onChange={(value) => useTrainingView.setState({ reverse: value === 'true' })}
                data={[
                  { value: 'false', label: 'Forwards' },
                  { value: 'true', label: 'Backwards' },
                ]}
              />
            )}
            {lstm && (
              <SegmentedControl
                size="xs"
                aria-label="State"
                value={place.state}
                onChange={(value) => useTrainingView.setState({ state: value as StateKind })}
                data={[
                  { value: 'hidden', label: 'Hidden state h' },
                  { value: 'cell', label: 'Cell state c (LSTM)' },
                ]}
              />
            )}
          </div>
        }
      />
      <PlotSection
        title={`Spectral radius of the recurrent weights${where}`}
        says="What recurrent weights, applied again and again, make of a state in the long run. Below 1 a plain RNN’s gradient tends to vanish, for tanh only shrinks it further; above 1 it can explode. In LSTM and GRU the state also has a way past these weights, by its gates."
        data={radiusPlot(probes, place, comparison.spec.training.epochs)}
        numbers={radiusNumbers(probes, place)}
        height={RADIUS_HEIGHT}
        name={fileName(comparison, seed, 'spectral-radius')}
        basis={`Each gate’s block of W_hh, one network a cell, seed ${seed}.`}
        findings={radiusFindings(probes, place)}
      />
    </>
  );
}

function placeWords({ layer, reverse }: Place, numLayers: number, bidirectional: boolean): string {
  const parts = [
    ...(numLayers > 1 ? [`layer ${layer + 1}`] : []),
    ...(bidirectional ? [reverse ? 'backwards' : 'forwards'] : []),
  ];
  return parts.length > 0 ? `, ${parts.join(', ')}` : '';
}

/** Nothing was seen, and why. */
function Nothing({ comparison, live }: { comparison: ComparisonView; live: boolean }) {
  const { cells } = comparison.spec;
  const stateless = cells.every((cell) => cell === 'dnn');
  return (
    <Section title="Gradient back through time" wide>
      {stateless ? (
        <Empty icon={IconTrendingDown} title="Nothing flows back through time">
          A DNN has no states: each frame is heard alone. Compare it with a recurrent network to see gradients here.
        </Empty>
      ) : live ? (
        <Empty icon={IconTrendingDown} title="Waiting for the first look">
          Networks are looked into before their first epoch and after every second one; the curves come when the
          features are there.
        </Empty>
      ) : (
        <Empty
          icon={IconTrendingDown}
          title="These networks were not looked into"
          action={
            <Button
              component={Link}
              href={compareHref({ view: 'start', dataset: null, from: comparison.id })}
              variant="default"
              leftSection={<IconRefresh size={14} aria-hidden />}
            >
              Run again
            </Button>
          }
        >
          They were trained by an older version, or had not begun. Run the comparison again to see its gradients.
        </Empty>
      )}
    </Section>
  );
}
