import { Table } from '@mantine/core';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { RunView } from '#shared/domain/run.ts';
import { duration, significant } from '../format.ts';
import { accuracy } from '../results/numbers.ts';
import { bestEpoch } from './series.ts';
import classes from './curves.module.css';

/** Rows drawn at most: the first and the newest of very long runs. */
const HEAD = 100;
const TAIL = 400;

/** The numbers behind the curves, a row per run and epoch. */
export function EpochTable({ runs }: { runs: readonly RunView[] }) {
  const rows = runs.flatMap((run) => {
    const best = bestEpoch(run);
    return run.epochs.map((record) => ({ run, record, best: record.epoch === best }));
  });
  const shown = rows.length > HEAD + TAIL ? [...rows.slice(0, HEAD), ...rows.slice(-TAIL)] : rows;
  return (
    // A scrolling region must be reachable by keyboard.
    <div className={classes.table} tabIndex={0} role="region" aria-label="Learning curves as numbers">
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Network</Table.Th>
            <Table.Th>Seed</Table.Th>
            <Table.Th>Epoch</Table.Th>
            <Table.Th>Training loss</Table.Th>
            <Table.Th>Validation loss</Table.Th>
            <Table.Th>Training accuracy</Table.Th>
            <Table.Th>Validation accuracy</Table.Th>
            <Table.Th>Gradient norm</Table.Th>
            <Table.Th>Time</Table.Th>
            <Table.Th>Clips / s</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ run, record, best }) => (
            <Table.Tr key={`${run.id}-${record.epoch}`} className={best ? classes.best : undefined}>
              <Table.Td>{CELL_NAMES[run.cell]}</Table.Td>
              <Table.Td>{run.seed}</Table.Td>
              <Table.Td>{best ? `${record.epoch} (best)` : record.epoch}</Table.Td>
              <Table.Td>{significant(record.trainLoss)}</Table.Td>
              <Table.Td>{record.validationLoss === null ? '–' : significant(record.validationLoss)}</Table.Td>
              <Table.Td>{accuracy(record.trainAccuracy)}</Table.Td>
              <Table.Td>{accuracy(record.validationAccuracy)}</Table.Td>
              <Table.Td>{significant(record.gradientNorm)}</Table.Td>
              <Table.Td>{duration(record.seconds)}</Table.Td>
              <Table.Td>{significant(record.clipsPerSecond)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {shown.length < rows.length && <p>{rows.length - shown.length} epochs in the middle are left out here.</p>}
    </div>
  );
}
