import { Table } from '@mantine/core';
import type { MemoryPoint, MemoryRun } from '#shared/domain/memory.ts';
import { count } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { accuracy, interval } from '../../../parts/results/numbers.ts';
import classes from './memory.module.css';

/** The numbers behind the chart, a row a distance and cell. */
export function MemoryTable({ run }: { run: MemoryRun }) {
  const { distances, cells, seeds } = run.settings;
  const rows = distances.flatMap((distance) =>
    cells.flatMap((cell) => run.points.filter((point) => point.distance === distance && point.cell === cell)),
  );
  return (
    <div className={classes.table} tabIndex={0} role="region" aria-label="Accuracy by distance as numbers">
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Distance (frames)</Table.Th>
            <Table.Th>Cell</Table.Th>
            <Table.Th>Right</Table.Th>
            <Table.Th>95 % interval</Table.Th>
            <Table.Th>n (sequences)</Table.Th>
            {seeds.length > 1 && <Table.Th>Right, by seed</Table.Th>}
            <Table.Th>Steps{seeds.length > 1 && ', by seed'}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((point) => (
            <Table.Tr key={`${point.distance} ${point.cell}`}>
              <Table.Td>{point.distance}</Table.Td>
              <Table.Td>
                <CellName cell={point.cell} />
              </Table.Td>
              <Table.Td>{accuracy(point.accuracy)}</Table.Td>
              <Table.Td>{interval(point.interval)}</Table.Td>
              <Table.Td>{count(run.testSequences * seeds.length)}</Table.Td>
              {seeds.length > 1 && <Table.Td>{point.seeds.map((one) => accuracy(one.accuracy)).join(', ')}</Table.Td>}
              <Table.Td>{point.seeds.map(stepWords).join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const stepWords = ({ steps, diverged }: MemoryPoint['seeds'][number]): string =>
  `${count(steps)}${diverged ? ' (diverged)' : ''}`;
