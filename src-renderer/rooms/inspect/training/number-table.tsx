import { Table } from '@mantine/core';
import { count, plural, significant } from '../../../parts/format.ts';
import { MISSING } from '../../../parts/results/numbers.ts';
import type { Numbers } from './numbers.ts';
import classes from './training.module.css';

/** Rows drawn at most: the first and the last of very long trainings. */
const [HEAD, TAIL] = [150, 350];

/** The numbers behind a chart. */
export function NumberTable({ numbers: { head, rows }, label }: { numbers: Numbers; label: string }) {
  const shown = rows.length > HEAD + TAIL ? [...rows.slice(0, HEAD), ...rows.slice(-TAIL)] : rows;
  return (
    // A scrolling region must be reachable by keyboard.
    <div className={classes.table} tabIndex={0} role="region" aria-label={label}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {head.map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row, index) => (
            <Table.Tr key={index}>
              {row.map((value, column) => (
                <Table.Td key={column}>{wordsOf(value)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shown.length < rows.length && (
        <p>{plural(rows.length - shown.length, 'row')} in the middle are left out here; the saved file has all.</p>
      )}
    </div>
  );
}

function wordsOf(value: string | number | null): string {
  if (value === null) return MISSING;
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? count(value) : significant(value);
}
