import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  Group,
  Menu,
  Skeleton,
  Switch,
  Table,
  Text,
  Title,
  Tooltip,
  VisuallyHidden,
} from '@mantine/core';
import {
  IconArrowsDiff,
  IconChartHistogram,
  IconPencil,
  IconPin,
  IconPinFilled,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ComparisonSummary } from '#shared/domain/comparison.ts';
import { paths } from '../../../app/paths.ts';
import { useAction } from '../../../app/use-action.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { moment, plural } from '../../../parts/format.ts';
import { MoreMenu } from '../../../parts/more-menu.tsx';
import { NameField } from '../../../parts/name-field.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { accuracy, seedWords } from '../../../parts/results/numbers.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { compareHref, useCompareRoute } from '../route.ts';
import { StateBadge } from '../state-badge.tsx';
import { useUpdate } from '../use-comparison.ts';
import { askRemove } from './remove.tsx';
import { filterComparisons } from './filter.ts';
import classes from './list.module.css';

const MOST_TOGETHER = 10;

/** All comparisons of the lab, pinned ones first: to open, name, tag, pin, delete, and to lay beside each other. */
export function ComparisonList() {
  const [, goTo] = useCompareRoute();
  const list = useQuery(api.compare.list.queryOptions());
  const [search, setSearch] = useState('');
  /** Whether the levels of ablations are listed too. */
  const [ablations, setAblations] = useState(false);
  const [picked, setPicked] = useState<readonly number[]>([]);
  const input = useRef<HTMLInputElement>(null);
  useAction('list.search', () => input.current?.focus(), (list.data?.length ?? 0) > 0);

  if (list.isError)
    return <Failure error={list.error} title="The comparisons cannot be listed" onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton height={160} aria-label="Loading the comparisons" />;
  if (list.data.length === 0)
    return (
      <Group className={classes.empty} gap="md" wrap="nowrap">
        <IconChartHistogram size={32} stroke={1.2} aria-hidden />
        <Text c="dimmed">
          No comparison yet. What you start above is kept here with its networks, curves and every answer, to be opened,
          compared again or deleted.
        </Text>
      </Group>
    );

  const levels = list.data.filter(({ sweep }) => sweep !== null).length;
  const listed = ablations ? list.data : list.data.filter(({ sweep }) => sweep === null);
  const shown = filterComparisons(listed, search);
  const chosen = listed.filter(({ id }) => picked.includes(id));
  const pick = (id: number, on: boolean) =>
    setPicked((now) => (on ? [...now, id] : now.filter((other) => other !== id)));
  return (
    <section aria-label="Comparisons">
      <div className={classes.head}>
        <Title order={2}>Comparisons</Title>
        <SearchField
          ref={input}
          aria-label="Search in names, tags and datasets"
          placeholder="Name, tag or dataset"
          value={search}
          onSearch={setSearch}
        />
        {levels > 0 && (
          <Switch
            size="xs"
            label={`${levels} of ablations`}
            checked={ablations}
            onChange={(event) => setAblations(event.currentTarget.checked)}
          />
        )}
        <span className={classes.spacer} />
        {chosen.length > 0 && (
          <Text size="sm" c="dimmed">
            {chosen.length} chosen
          </Text>
        )}
        <Tooltip
          label={chosen.length < 2 ? 'Choose two or more' : 'Settings that differ, and results beside each other'}
        >
          <Button
            variant={chosen.length >= 2 ? 'filled' : 'default'}
            leftSection={<IconArrowsDiff size={14} aria-hidden />}
            disabled={chosen.length < 2 || chosen.length > MOST_TOGETHER}
            onClick={() => goTo({ view: 'diff', comparisons: chosen.map(({ id }) => id) })}
          >
            Compare again
          </Button>
        </Tooltip>
        {chosen.length > 0 && (
          <Button
            variant="default"
            color="red"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => askRemove(chosen, () => setPicked([]))}
          >
            Delete
          </Button>
        )}
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="List of comparisons">
        <Table highlightOnHover className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={30}>
                <VisuallyHidden>Chosen</VisuallyHidden>
              </Table.Th>
              <Table.Th>Name</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Test accuracy</Table.Th>
              <Table.Th>Dataset and split</Table.Th>
              <Table.Th w={40}>
                <VisuallyHidden>More</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((entry) => (
              <Row
                key={entry.id}
                entry={entry}
                picked={picked.includes(entry.id)}
                onPick={(on) => pick(entry.id, on)}
                onRemoved={() => pick(entry.id, false)}
              />
            ))}
          </Table.Tbody>
        </Table>
        {shown.length === 0 && (
          <Text c="dimmed" p="md">
            {search === ''
              ? 'All comparisons so far are levels of ablations. '
              : `No comparison${ablations || levels === 0 ? '' : ' but those of ablations'} has “${search}” in its name, tags or dataset. `}
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                setSearch('');
                setAblations(levels > 0);
              }}
            >
              Show all {list.data.length}
            </Button>
          </Text>
        )}
      </div>
    </section>
  );
}

interface RowProps {
  entry: ComparisonSummary;
  picked: boolean;
  onPick: (on: boolean) => void;
  onRemoved: () => void;
}

function Row({ entry, picked, onPick, onRemoved }: RowProps) {
  const { id, name, tags, pinned } = entry;
  const update = useUpdate();
  const [renaming, setRenaming] = useState(false);
  return (
    <Table.Tr data-picked={picked || undefined}>
      <Table.Td>
        <Checkbox
          aria-label={`Choose ${name}`}
          checked={picked}
          onChange={(event) => onPick(event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <div className={classes.name}>
          <ActionIcon
            size="sm"
            aria-label={`Pin ${name}`}
            aria-pressed={pinned}
            onClick={() => update.mutate({ comparison: id, pinned: !pinned })}
          >
            {pinned ? <IconPinFilled size={14} /> : <IconPin size={14} className={classes.unpinned} />}
          </ActionIcon>
          {renaming ? (
            <NameField
              name={name}
              onRename={(value) => update.mutate({ comparison: id, name: value })}
              onDone={() => setRenaming(false)}
            />
          ) : (
            <>
              <Link href={paths.comparison(id)} className={classes.link}>
                {name}
              </Link>
              <ActionIcon size="sm" aria-label={`Rename ${name}`} onClick={() => setRenaming(true)}>
                <IconPencil size={14} className={classes.unpinned} />
              </ActionIcon>
            </>
          )}
          {tags.map((tag) => (
            <Badge
              key={tag}
              variant="outline"
              color="gray"
              size="xs"
              styles={{ root: { overflow: 'visible' }, label: { overflow: 'visible' } }}
            >
              {tag}
            </Badge>
          ))}
        </div>
        <Text size="xs" c="dimmed" pl={28} className={classes.origin}>
          {moment(entry.createdAt)}
          {entry.sweep && (
            <>
              , {entry.sweep.level} of <Link href={paths.ablation(entry.sweep.id)}>{entry.sweep.name}</Link>
            </>
          )}
        </Text>
      </Table.Td>
      <Table.Td>
        <StateBadge state={entry.state} />
      </Table.Td>
      <Table.Td>
        <div className={classes.cells}>
          {entry.cells.map((cell) => {
            const result = entry.accuracy.find((one) => one.cell === cell);
            return (
              <Tooltip
                key={cell}
                label={result ? `Mean of ${plural(result.runs, 'run')}, ${entry.splitWords}` : 'Not tested yet'}
              >
                <span className={classes.cell}>
                  <CellName cell={cell} /> <span className="hark-numbers">{accuracy(result?.mean)}</span>
                </span>
              </Tooltip>
            );
          })}
        </div>
      </Table.Td>
      <Table.Td>
        <div>{entry.datasetName}</div>
        <Text size="xs" c="dimmed">
          {entry.splitWords}, {seedWords(entry.seeds)}
        </Text>
      </Table.Td>
      <Table.Td>
        <MoreMenu label={`More for ${name}`}>
          <Menu.Item
            component={Link}
            href={compareHref({ view: 'start', dataset: null, from: id })}
            leftSection={<IconRefresh size={14} />}
          >
            Run again with changes
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={14} />}
            onClick={() => askRemove([{ id, name }], onRemoved)}
          >
            Delete
          </Menu.Item>
        </MoreMenu>
      </Table.Td>
    </Table.Tr>
  );
}
