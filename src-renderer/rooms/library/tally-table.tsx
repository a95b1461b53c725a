import { Anchor, Progress, ScrollArea, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { count, duration } from '../../parts/format.ts';
import classes from './tally-table.module.css';

interface Props {
  /** What a row is: "Class". */
  name: string;
  rows: readonly { name: string; clips: number; seconds: number }[];
  onChoose: (name: string) => void;
}

type Order = 'name' | 'clips' | 'seconds';
/** More rows than anyone reads at once are found by typing. */
const MOST = 200;

/** Names with how many clips and how long, as bars from zero; a click lists the clips. */
export function TallyTable({ name, rows, onChoose }: Props) {
  const [order, setOrder] = useState<Order>('clips');
  const [search, setSearch] = useState('');
  const most = Math.max(1, ...rows.map(({ clips }) => clips));
  const found = rows.filter((row) => row.name.toLowerCase().includes(search.trim().toLowerCase()));
  const sorted = found.toSorted((a, b) =>
    order === 'name' ? a.name.localeCompare(b.name, undefined, { numeric: true }) : b[order] - a[order],
  );
  const heading = (key: Order, title: string, right = false) => (
    <Table.Th
      ta={right ? 'right' : undefined}
      aria-sort={order === key ? (key === 'name' ? 'ascending' : 'descending') : 'none'}
    >
      <button className={classes.sort} data-mine={order === key || undefined} onClick={() => setOrder(key)}>
        {title}
      </button>
    </Table.Th>
  );
  return (
    <>
      {rows.length > 20 && (
        <TextInput
          aria-label={`Find a ${name.toLowerCase()}`}
          placeholder={`Find a ${name.toLowerCase()}`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb={6}
        />
      )}
      <ScrollArea.Autosize
        mah={340}
        type="auto"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': `${name} table` }}
      >
        <Table
          withRowBorders={false}
          verticalSpacing={1}
          horizontalSpacing={6}
          layout="fixed"
          stickyHeader
          className={classes.table}
        >
          <Table.Thead>
            <Table.Tr>
              {heading('name', name)}
              <Table.Th aria-hidden />
              {heading('clips', 'Clips', true)}
              {heading('seconds', 'Sound', true)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.slice(0, MOST).map((row) => (
              <Table.Tr key={row.name}>
                <Table.Td className="hark-ellipsis" title={row.name}>
                  <Anchor component="button" size="sm" c="inherit" onClick={() => onChoose(row.name)}>
                    {row.name}
                  </Anchor>
                </Table.Td>
                <Table.Td aria-hidden>
                  <Progress value={(100 * row.clips) / most} color="iris.5" bg="transparent" radius={2} />
                </Table.Td>
                <Table.Td ta="right">{count(row.clips)}</Table.Td>
                <Table.Td ta="right" c="dimmed">
                  {duration(row.seconds)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {sorted.length > MOST && (
          <p className={classes.more}>
            {count(sorted.length - MOST)} more; find them by name, or sort by another column.
          </p>
        )}
      </ScrollArea.Autosize>
    </>
  );
}
