import { Anchor, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { DatasetStatistics, DatasetSummary } from '#shared/domain/dataset.ts';
import { paths } from '../../app/paths.ts';
import { chooseClip } from '../../app/selection.ts';
import { api } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { count, duration, frequency, percent, plural } from '../../parts/format.ts';
import { Histogram } from '../../parts/histogram.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/section.tsx';
import { NO_FILTER, type ClipFilter } from '../../parts/clip-pages.ts';
import { setFilter } from './clip-filter.ts';
import { rateWords } from './datasets-page.tsx';
import classes from './room.module.css';
import { TallyTable } from './tally-table.tsx';

/** What a dataset is made of: how much, which classes, how long, who speaks, what occurs twice. */
export function OverviewTab({ dataset }: { dataset: DatasetSummary }) {
  const statistics = useQuery(api.library.statistics.queryOptions({ input: { dataset: dataset.id } }));
  if (statistics.error)
    return (
      <div className={classes.scroll}>
        <Failure
          error={statistics.error}
          title="The dataset could not be counted"
          onRetry={() => void statistics.refetch()}
        />
      </div>
    );
  if (!statistics.data) return <Loading />;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Overview">
      <Facts dataset={dataset} statistics={statistics.data} />
      <div className={classes.flow}>
        <Classes dataset={dataset.id} statistics={statistics.data} />
        <Durations statistics={statistics.data} />
        <Rates statistics={statistics.data} />
        <Speakers dataset={dataset.id} statistics={statistics.data} />
        <Duplicates dataset={dataset.id} statistics={statistics.data} />
        <Backgrounds statistics={statistics.data} />
      </div>
    </div>
  );
}

interface Props {
  statistics: DatasetStatistics;
}

function Facts({ dataset, statistics }: Props & { dataset: DatasetSummary }) {
  const { clips, seconds, classes: all, speakers, durations } = statistics;
  const facts: [string, string][] = [
    ['Clips', count(clips)],
    ['Sound in all', duration(seconds)],
    ['Classes', count(all.length)],
    ['Speakers', speakers.length > 0 ? count(speakers.length) : 'unknown'],
    ['Sampling rate', rateWords(dataset.sampleRates)],
    ['Median duration', duration(durations.median)],
  ];
  return (
    <Section title="At a glance">
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** Opens the list of clips with only these. */
function useShowClips(dataset: number) {
  const [, navigate] = useLocation();
  return (filter: Partial<ClipFilter>) => {
    setFilter(dataset, { ...NO_FILTER, ...filter });
    navigate(paths.datasetPage(dataset, 'clips'));
  };
}

function Classes({ dataset, statistics }: Props & { dataset: number }) {
  const show = useShowClips(dataset);
  const sizes = statistics.classes.map(({ clips }) => clips);
  const uneven = sizes.length > 1 && Math.max(...sizes) > 2 * Math.min(...sizes);
  return (
    <Section
      title="Classes"
      aside={
        uneven
          ? `largest ${count(Math.max(...sizes))}, smallest ${count(Math.min(...sizes))}`
          : plural(sizes.length, 'class', 'classes')
      }
    >
      <TallyTable name="Class" rows={statistics.classes} onChoose={(label) => show({ label })} />
    </Section>
  );
}

function Speakers({ dataset, statistics }: Props & { dataset: number }) {
  const show = useShowClips(dataset);
  return (
    <Section title="Speakers" aside={plural(statistics.speakers.length, 'speaker')}>
      {statistics.speakers.length > 0 ? (
        <TallyTable name="Speaker" rows={statistics.speakers} onChoose={(speaker) => show({ speaker })} />
      ) : (
        <Text size="sm" c="dimmed">
          Nothing in the files’ names or in a manifest says who speaks. A split can then only keep clips of one source
          file together.
        </Text>
      )}
    </Section>
  );
}

function Durations({ statistics: { durations } }: Props) {
  const { edges, counts, min, median, max } = durations;
  return (
    <Section title="Durations" aside={`${duration(min)} to ${duration(max)}, median ${duration(median)}`}>
      <Histogram edges={edges} counts={counts} one="clip" axis="Duration, s" words={duration} />
    </Section>
  );
}

function Rates({ statistics: { sampleRates, clips } }: Props) {
  return (
    <Section title="Sampling rates">
      <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0}>
        <Table.Tbody>
          {sampleRates.map((rate) => (
            <Table.Tr key={rate.sampleRate}>
              <Table.Th scope="row">{frequency(rate.sampleRate)}</Table.Th>
              <Table.Td ta="right">{plural(rate.clips, 'clip')}</Table.Td>
              <Table.Td ta="right" c="dimmed">
                {percent(rate.clips / clips)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {sampleRates.length > 1 && (
        <Text size="xs" c="dimmed" mt={4}>
          Features resample all clips to one rate.
        </Text>
      )}
    </Section>
  );
}

function Duplicates({ dataset, statistics: { duplicates } }: Props & { dataset: number }) {
  const [, navigate] = useLocation();
  const show = useShowClips(dataset);
  const copies = duplicates.reduce((sum, { clips }) => sum + clips.length, 0);
  const SHOWN = 8;
  return (
    <Section
      title="Same content more than once"
      aside={
        copies > 0 ? (
          <Anchor component="button" size="xs" onClick={() => show({ only: 'duplicate' })}>
            {plural(copies, 'clip')}
          </Anchor>
        ) : (
          'none'
        )
      }
    >
      {copies === 0 && (
        <Text size="sm" c="dimmed">
          No two clips hold the same sound.
        </Text>
      )}
      {duplicates.slice(0, SHOWN).map(({ contentHash, clips }) => (
        <Table key={contentHash} withRowBorders={false} verticalSpacing={2} horizontalSpacing={0} mb={6} layout="fixed">
          <Table.Tbody>
            {clips.slice(0, SHOWN).map(({ id, file, label }) => (
              <Table.Tr key={id}>
                <Table.Td className="hark-ellipsis" title={file}>
                  <Anchor
                    component="button"
                    size="sm"
                    onClick={() => {
                      show({ only: 'duplicate' });
                      chooseClip(id);
                      navigate(paths.datasetPage(dataset, 'clips'));
                    }}
                  >
                    {file}
                  </Anchor>
                </Table.Td>
                <Table.Td w="30%" className="hark-ellipsis" title={label}>
                  {label}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
      {copies > 0 && (
        <Text size="xs" c="dimmed">
          Clips with the same content always stay on one side of a split.
        </Text>
      )}
    </Section>
  );
}

function Backgrounds({ statistics: { backgrounds } }: Props) {
  if (backgrounds.length === 0) return null;
  return (
    <Section title="Background recordings" aside="no class, a source of silence and noise">
      <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0} layout="fixed">
        <Table.Tbody>
          {backgrounds.map(({ file, seconds }) => (
            <Table.Tr key={file}>
              <Table.Td className="hark-ellipsis" title={file}>
                {file}
              </Table.Td>
              <Table.Td ta="right" w={110}>
                {duration(seconds)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
