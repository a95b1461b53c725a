import { Table, Tooltip, VisuallyHidden } from '@mantine/core';
import { Fragment } from 'react';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { count, plural } from '../format.ts';
import { CellName } from './cell-mark.tsx';
import { ACCURACY_COLUMN, bestRows, RESULT_COLUMNS, runRow, type Column, type ResultRow } from './columns.ts';
import { LeakMark } from './leak-mark.tsx';
import { accuracy, interval, seedWords } from './numbers.ts';
import { Whisker, WhiskerAxis, whiskerDomain } from './whisker.tsx';
import classes from './results.module.css';

interface Props {
  comparison: Pick<ComparisonView, 'summary' | 'runs' | 'split' | 'splitWords' | 'spec'>;
  /** A row under each cell for each of its seeds. */
  perSeed?: boolean;
}

/** The result by cell: each number with what it rests on; the best of a column marked. */
export function ResultTable({ comparison, perSeed = false }: Props) {
  const { summary, runs, split, splitWords, spec } = comparison;
  const domain = whiskerDomain(summary.map((row) => row.interval));
  const best = new Map([ACCURACY_COLUMN, ...RESULT_COLUMNS].map((column) => [column, bestRows(summary, column)]));
  const basis = (row: ResultRow) =>
    `${plural(row.testClips, 'test clip')}, ${splitWords}, ` +
    (row.runs > 1 ? `mean of ${seedWords(spec.seeds)}` : seedWords(spec.seeds.slice(0, 1)));
  const number = (row: ResultRow, column: Column, words: string) => (
    <Tooltip label={`${column.explained}. ${words}.`} multiline maw={300}>
      <span className={best.get(column)?.has(row) ? classes.best : undefined}>
        {column.text(row)}
        {best.get(column)?.has(row) && <VisuallyHidden> (best)</VisuallyHidden>}
      </span>
    </Tooltip>
  );

  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Results by network">
      <Table className={classes.table} highlightOnHover>
        <Table.Caption className={classes.caption}>
          Every number on {splitWords}, {seedWords(spec.seeds)}. Intervals: {summary[0]?.intervalMethod}. The best of
          each column is underlined.
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Network</Table.Th>
            <Table.Th scope="col">Test accuracy</Table.Th>
            <Table.Th scope="col" className={classes.left}>
              95 % interval
              <br />
              <WhiskerAxis domain={domain} />
            </Table.Th>
            <Table.Th scope="col">
              n <span className={classes.unit}>clips</span>
            </Table.Th>
            {RESULT_COLUMNS.map((column) => (
              <Table.Th key={column.id} scope="col">
                {column.title} {column.unit && <span className={classes.unit}>{column.unit}</span>}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {summary.map((row) => {
            const own = runs.filter((run) => run.cell === row.cell);
            const seeds = own.flatMap((run) => (run.result ? [run.result.testAccuracy] : []));
            return (
              <Fragment key={row.cell}>
                <Table.Tr>
                  <Table.Th scope="row">
                    <CellName cell={row.cell} />
                  </Table.Th>
                  <Table.Td className={classes.main}>
                    {number(row, ACCURACY_COLUMN, basis(row))}
                    {row.seedDeviation !== null && (
                      <Tooltip label="Standard deviation between seeds, in percentage points">
                        <span className={classes.unit}> ± {(row.seedDeviation * 100).toFixed(1)}</span>
                      </Tooltip>
                    )}
                    <LeakMark note={split.leakNote} />
                  </Table.Td>
                  <Table.Td className={classes.left}>
                    <Tooltip label={`${interval(row.interval)}, ${row.intervalMethod}`} multiline maw={300}>
                      <span>
                        <Whisker
                          cell={row.cell}
                          value={row.accuracy}
                          range={row.interval}
                          domain={domain}
                          seeds={seeds}
                        />
                      </span>
                    </Tooltip>
                    <div className={classes.small}>{interval(row.interval)}</div>
                  </Table.Td>
                  <Table.Td>{count(row.testClips)}</Table.Td>
                  {RESULT_COLUMNS.map((column) => (
                    <Table.Td key={column.id}>
                      {number(row, column, basis(row))}
                      {column.beside && <div className={classes.small}>{column.beside(row)}</div>}
                      {column.id === 'macroF1' && <LeakMark note={split.leakNote} />}
                    </Table.Td>
                  ))}
                </Table.Tr>
                {perSeed &&
                  own.map((run) => {
                    const single = runRow(run);
                    return (
                      single && (
                        <Table.Tr key={run.id} className={classes.seed}>
                          <Table.Th scope="row">seed {run.seed}</Table.Th>
                          <Table.Td>{accuracy(single.accuracy)}</Table.Td>
                          <Table.Td className={classes.left}>{interval(single.interval)}</Table.Td>
                          <Table.Td>{count(single.testClips)}</Table.Td>
                          {RESULT_COLUMNS.map((column) => (
                            <Table.Td key={column.id}>{column.text(single)}</Table.Td>
                          ))}
                        </Table.Tr>
                      )
                    );
                  })}
              </Fragment>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
