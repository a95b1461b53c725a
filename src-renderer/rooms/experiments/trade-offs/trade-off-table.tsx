import { Table, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { TradeOff } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { count } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { ACCURACY_COLUMN, RESULT_COLUMNS } from '../../../parts/results/columns.ts';
import { interval } from '../../../parts/results/numbers.ts';
import { placeWords } from './words.ts';
import page from '../experiments.module.css';
import classes from './trade-offs.module.css';

interface Props {
  rows: readonly TradeOff[];
  front: ReadonlySet<TradeOff>;
}

/** The numbers behind the plot, the best network first. */
export function TradeOffTable({ rows, front }: Props) {
  return (
    <section aria-label="Networks">
      <div className={page.sectionHead}>
        <Title order={2}>Networks</Title>
        <Text size="xs" c="dimmed">
          The most accurate first.
        </Text>
      </div>
      <div className={page.scroll} tabIndex={0} role="region" aria-label="Networks as numbers">
        <Table className={page.numbers} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Comparison</Table.Th>
              <Table.Th scope="col" className={page.left}>
                Network
              </Table.Th>
              <Table.Th scope="col">Units</Table.Th>
              <Table.Th scope="col">Layers</Table.Th>
              <Table.Th scope="col">Test accuracy</Table.Th>
              <Table.Th scope="col">95 % interval</Table.Th>
              <Table.Th scope="col">n (clips)</Table.Th>
              <Table.Th scope="col">Seeds</Table.Th>
              {RESULT_COLUMNS.map(({ id, title, unit }) => (
                <Table.Th key={id} scope="col">
                  {title} {unit}
                </Table.Th>
              ))}
              <Table.Th scope="col">Front</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows
              .toSorted((a, b) => b.accuracy - a.accuracy)
              .map((row) => (
                <Table.Tr key={`${row.comparison} ${row.cell}`}>
                  <Table.Th scope="row" className={classes.place}>
                    <Link href={paths.comparison(row.comparison)}>{placeWords(row)}</Link>
                  </Table.Th>
                  <Table.Td className={page.left}>
                    <CellName cell={row.cell} />
                  </Table.Td>
                  <Table.Td>{count(row.hiddenSize)}</Table.Td>
                  <Table.Td>
                    {row.layers}
                    {row.bidirectional && ', both directions'}
                  </Table.Td>
                  <Table.Td>{ACCURACY_COLUMN.text(row)}</Table.Td>
                  <Table.Td>{interval(row.interval)}</Table.Td>
                  <Table.Td>{count(row.testClips)}</Table.Td>
                  <Table.Td>{row.runs}</Table.Td>
                  {RESULT_COLUMNS.map((column) => (
                    <Table.Td key={column.id}>{column.text(row)}</Table.Td>
                  ))}
                  <Table.Td>{front.has(row) ? 'on it' : ''}</Table.Td>
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
