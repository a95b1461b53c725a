import { Badge, Button, Group, Table, Text, Title } from '@mantine/core';
import { IconBooks, IconFolderPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import { LAYOUT_NAMES, type DatasetSummary } from '#shared/domain/dataset.ts';
import { paths } from '../../app/paths.ts';
import { tell, tellError } from '../../app/tell.tsx';
import { runAction } from '../../app/use-action.ts';
import { api, client } from '../../client/client.ts';
import { Empty } from '../../parts/empty.tsx';
import { Failure } from '../../parts/failure.tsx';
import { count, duration, frequency, moment } from '../../parts/format.ts';
import { Loading } from '../../parts/loading.tsx';
import { ActionTip } from '../../parts/kbd.tsx';
import classes from './room.module.css';

/** Every dataset of the lab. */
export function DatasetsPage() {
  const datasets = useQuery(api.library.datasets.queryOptions());
  const sample = useMutation({
    mutationFn: () => client.library.sample(),
    onSuccess: () => tell('The sample is being rendered', 'It takes a few seconds; the bar below shows how far it is.'),
    onError: (error) => tellError(error),
  });
  if (datasets.error)
    return (
      <div className={classes.scroll}>
        <Failure
          error={datasets.error}
          title="The datasets could not be listed"
          onRetry={() => void datasets.refetch()}
        />
      </div>
    );
  if (!datasets.data) return <Loading />;
  const importButton = (
    <ActionTip action="library.import">
      <Button leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={() => runAction('library.import')}>
        Import a folder
      </Button>
    </ActionTip>
  );
  const sampleButton = (
    <Button variant="default" loading={sample.isPending} onClick={() => sample.mutate()}>
      Render the built-in sample
    </Button>
  );
  if (datasets.data.length === 0)
    return (
      <Empty
        icon={IconBooks}
        title="Bring recordings"
        action={
          <Group>
            {importButton}
            {sampleButton}
          </Group>
        }
      >
        A dataset is a folder of labelled recordings: one folder per class, Speech Commands, the Free Spoken Digit
        Dataset, or a CSV that names files and labels. Your files stay where they are and are never changed.
      </Empty>
    );
  const hasSample = datasets.data.some(({ layout }) => layout === 'sample');
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Title order={1}>Library</Title>
        <Group ml="auto" gap="xs">
          {!hasSample && sampleButton}
          {importButton}
        </Group>
      </header>
      <div className={classes.body}>
        <div className={classes.scroll} style={{ paddingTop: 0 }} tabIndex={0} role="region" aria-label="Datasets">
          <Table highlightOnHover stickyHeader className={classes.datasets} verticalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Dataset</Table.Th>
                <Table.Th ta="right">Clips</Table.Th>
                <Table.Th ta="right">Classes</Table.Th>
                <Table.Th ta="right">Speakers</Table.Th>
                <Table.Th ta="right">Sound in all</Table.Th>
                <Table.Th>Sampling rate</Table.Th>
                <Table.Th>Imported</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {datasets.data.map((dataset) => (
                <DatasetRow key={dataset.id} dataset={dataset} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </div>
    </div>
  );
}

function DatasetRow({ dataset }: { dataset: DatasetSummary }) {
  const [, navigate] = useLocation();
  const { id, name, root, layout, state, clips, classes: classCount, speakers, seconds, sampleRates } = dataset;
  return (
    <Table.Tr className={classes.row} onClick={() => navigate(paths.dataset(id))}>
      <Table.Td>
        <Group gap={8} wrap="nowrap">
          <Link href={paths.dataset(id)} className={`${classes.nameLink} hark-ellipsis`} title={name}>
            {name}
          </Link>
          <DatasetFlags dataset={dataset} />
        </Group>
        <Text size="xs" c="dimmed" className="hark-ellipsis" title={root}>
          {LAYOUT_NAMES[layout]} · {root}
        </Text>
      </Table.Td>
      <Table.Td ta="right">{count(clips)}</Table.Td>
      <Table.Td ta="right">{count(classCount)}</Table.Td>
      <Table.Td ta="right">{speakers > 0 ? count(speakers) : '–'}</Table.Td>
      <Table.Td ta="right">{state === 'importing' ? '…' : duration(seconds)}</Table.Td>
      <Table.Td>{rateWords(sampleRates)}</Table.Td>
      <Table.Td>{moment(dataset.createdAt)}</Table.Td>
    </Table.Tr>
  );
}

/** What needs attention: not all in yet, files gone, files left out. */
export function DatasetFlags({ dataset: { state, missing, skipped } }: { dataset: DatasetSummary }) {
  return (
    <>
      {state === 'importing' && <Badge>importing</Badge>}
      {state === 'partial' && <Badge color="yellow">partly imported</Badge>}
      {missing > 0 && <Badge color="yellow">{count(missing)} missing</Badge>}
      {skipped > 0 && <Badge color="gray">{count(skipped)} left out</Badge>}
    </>
  );
}

export function rateWords(rates: readonly number[]): string {
  if (rates.length <= 2) return rates.map(frequency).join(', ') || '–';
  const sorted = [...rates].sort((a, b) => a - b);
  return `${frequency(sorted[0])} to ${frequency(sorted.at(-1)!)}`;
}
