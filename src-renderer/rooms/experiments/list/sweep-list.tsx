import { ActionIcon, Menu, SegmentedControl, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { FACTORS } from '#shared/domain/factors.ts';
import type { SweepSummary } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { useStatus } from '../../../app/status.ts';
import { useAction } from '../../../app/use-action.ts';
import { count, duration, moment } from '../../../parts/format.ts';
import { MoreMenu } from '../../../parts/more-menu.tsx';
import { NameField } from '../../../parts/name-field.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { seedWords } from '../../../parts/results/numbers.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { StateBadge } from '../../compare/state-badge.tsx';
import { askRemove } from '../remove.tsx';
import { useRename } from '../use-sweeps.ts';
import { filterSweeps } from './filter.ts';
import classes from '../experiments.module.css';

interface Props {
  sweeps: readonly SweepSummary[];
  /** The one in use. */
  dataset: number | null;
}

/** The ablations of the lab, the newest first: to open, name and delete. */
export function SweepList({ sweeps, dataset }: Props) {
  const [everywhere, setEverywhere] = useState(false);
  const [search, setSearch] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useAction('list.search', () => input.current?.focus(), sweeps.length > 0);
  const elsewhere = sweeps.some((one) => one.dataset !== dataset);
  const shown = filterSweeps(sweeps, search, everywhere ? null : dataset);
  return (
    <section aria-label="Ablations">
      <div className={classes.sectionHead}>
        <Title order={2}>Ablations made</Title>
        {sweeps.length > 0 && (
          <SearchField
            ref={input}
            aria-label="Search in names, settings and datasets"
            placeholder="Name, setting or dataset"
            value={search}
            onSearch={setSearch}
          />
        )}
        {elsewhere && (
          <SegmentedControl
            aria-label="Ablations of"
            value={everywhere ? 'all' : 'this'}
            onChange={(value) => setEverywhere(value === 'all')}
            data={[
              { value: 'this', label: 'This dataset' },
              { value: 'all', label: 'All datasets' },
            ]}
          />
        )}
      </div>
      {shown.length === 0 ? (
        <Text c="dimmed">
          {search
            ? `No ablation has “${search}” in its name, setting or dataset.`
            : `No ablation ${elsewhere ? 'on this dataset ' : ''}yet. Start one above: it is kept here with the comparison of each of its levels.`}
        </Text>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label="List of ablations">
          <Table highlightOnHover className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th>Levels done</Table.Th>
                <Table.Th>Networks</Table.Th>
                <Table.Th>Dataset</Table.Th>
                <Table.Th w={40}>
                  <VisuallyHidden>More</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((sweep) => (
                <Row key={sweep.id} sweep={sweep} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}

function Row({ sweep }: { sweep: SweepSummary }) {
  const { id, name, factor, state, done, levels, cells, seeds, datasetName, createdAt } = sweep;
  const rename = useRename();
  const [renaming, setRenaming] = useState(false);
  const job = useStatus(({ status }) =>
    status?.jobs.find((one) => one.kind === 'sweep' && one.subject === id && one.state === 'running'),
  );
  return (
    <Table.Tr>
      <Table.Td>
        {renaming ? (
          <NameField
            name={name}
            onRename={(value) => rename.mutate({ sweep: id, name: value })}
            onDone={() => setRenaming(false)}
          />
        ) : (
          <div className={classes.title}>
            <Link href={paths.ablation(id)} className={classes.link}>
              {name}
            </Link>
            <ActionIcon size="sm" aria-label={`Rename ${name}`} onClick={() => setRenaming(true)}>
              <IconPencil size={14} />
            </ActionIcon>
          </div>
        )}
        <Text size="xs" c="dimmed">
          {FACTORS[factor].name}, {moment(createdAt)}
        </Text>
      </Table.Td>
      <Table.Td>
        <StateBadge state={state} />
      </Table.Td>
      <Table.Td className="hark-numbers">
        {done} of {levels}
        {job && (
          <Text size="xs" c="dimmed">
            {count(job.done)} of {count(job.total ?? 0)} {job.unit}
            {job.secondsLeft !== null && `, about ${duration(job.secondsLeft)} left`}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <div className={classes.cells}>
          {cells.map((cell) => (
            <CellName key={cell} cell={cell} />
          ))}
        </div>
      </Table.Td>
      <Table.Td>
        <div>{datasetName}</div>
        <Text size="xs" c="dimmed">
          {seedWords(seeds)}
        </Text>
      </Table.Td>
      <Table.Td>
        <MoreMenu label={`More for ${name}`}>
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => askRemove(sweep)}>
            Delete
          </Menu.Item>
        </MoreMenu>
      </Table.Td>
    </Table.Tr>
  );
}
