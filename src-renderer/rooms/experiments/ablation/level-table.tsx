import { Table, Text, Tooltip } from '@mantine/core';
import { Link } from 'wouter';
import { FACTORS } from '#shared/domain/factors.ts';
import type { CellSummary } from '#shared/domain/comparison.ts';
import type { SweepLevel, SweepView } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { count } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { ACCURACY_COLUMN, RESULT_COLUMNS } from '../../../parts/results/columns.ts';
import { interval } from '../../../parts/results/numbers.ts';
import { StateBadge } from '../../compare/state-badge.tsx';
import { hasEnded } from '../../compare/words.ts';
import { LevelLink } from './progressing.tsx';
import classes from '../experiments.module.css';

/** Level, network, units, accuracy, interval, n. */
const BEFORE = 6;

/** The numbers behind the chart, a row a level and network; what went wrong at a level stands there. */
export function LevelTable({ sweep }: { sweep: SweepView }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Results by level">
      <Table className={classes.numbers} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{FACTORS[sweep.spec.factor].name}</Table.Th>
            <Table.Th scope="col" className={classes.left}>
              Network
            </Table.Th>
            <Table.Th scope="col">Units</Table.Th>
            <Table.Th scope="col">Test accuracy</Table.Th>
            <Table.Th scope="col">95 % interval</Table.Th>
            <Table.Th scope="col">n (clips)</Table.Th>
            {RESULT_COLUMNS.map(({ id, title, unit, explained }) => (
              <Table.Th key={id} scope="col">
                <Tooltip label={explained} multiline maw={300}>
                  <span>
                    {title} {unit}
                  </span>
                </Tooltip>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        {sweep.levels.map((level, index) => (
          <Table.Tbody key={String(level.value)} className={classes.level}>
            {level.summary.map((row, at) => (
              <Table.Tr key={row.cell}>
                {at === 0 && (
                  <Table.Th scope="rowgroup" rowSpan={level.summary.length}>
                    <LevelName sweep={sweep} index={index} />
                  </Table.Th>
                )}
                <Numbers row={row} />
              </Table.Tr>
            ))}
            {level.summary.length === 0 && (
              <Table.Tr>
                <Table.Th scope="row">
                  <LevelName sweep={sweep} index={index} />
                </Table.Th>
                <Table.Td colSpan={BEFORE - 1 + RESULT_COLUMNS.length} className={classes.nothing}>
                  {level.error ? <ErrorWords level={level} /> : hasEnded(sweep.state) ? 'Not begun.' : 'No result yet.'}
                </Table.Td>
              </Table.Tr>
            )}
            {level.summary.length > 0 && level.error && (
              <Table.Tr>
                <Table.Td colSpan={BEFORE + RESULT_COLUMNS.length} className={classes.nothing}>
                  <ErrorWords level={level} />
                </Table.Td>
              </Table.Tr>
            )}
          </Table.Tbody>
        ))}
      </Table>
    </div>
  );
}

const ErrorWords = ({ level }: { level: SweepLevel }) => (
  <Text span inherit className={classes.wrong}>
    {level.error}
  </Text>
);

function LevelName({ sweep, index }: { sweep: SweepView; index: number }) {
  const { state, comparison, summary, words } = sweep.levels[index];
  return (
    <div className={classes.levelName}>
      <LevelLink sweep={sweep} level={index} />
      {state !== 'done' && !(state === 'waiting' && hasEnded(sweep.state)) && <StateBadge state={state} />}
      {comparison !== null && summary.length > 0 && (
        <Link href={paths.inspect(comparison)} className={classes.inside} aria-label={`Look inside: ${words}`}>
          look inside
        </Link>
      )}
    </div>
  );
}

function Numbers({ row }: { row: CellSummary }) {
  return (
    <>
      <Table.Td className={classes.left}>
        <CellName cell={row.cell} />
      </Table.Td>
      <Table.Td>{count(row.hiddenSize)}</Table.Td>
      <Table.Td>{ACCURACY_COLUMN.text(row)}</Table.Td>
      <Table.Td>{interval(row.interval)}</Table.Td>
      <Table.Td>{count(row.testClips)}</Table.Td>
      {RESULT_COLUMNS.map((column) => (
        <Table.Td key={column.id}>{column.text(row)}</Table.Td>
      ))}
    </>
  );
}
