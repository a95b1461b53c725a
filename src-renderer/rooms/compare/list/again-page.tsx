import { Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Link } from 'wouter';
import type { ComparisonView, SettingDifference } from '#shared/domain/comparison.ts';
import { CELLS } from '#shared/domain/model-spec.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { count, plural } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { ACCURACY_COLUMN, bestRows, RESULT_COLUMNS } from '../../../parts/results/columns.ts';
import { LeakMark } from '../../../parts/results/leak-mark.tsx';
import { interval, MISSING } from '../../../parts/results/numbers.ts';
import { Whisker, WhiskerAxis, whiskerDomain } from '../../../parts/results/whisker.tsx';
import { Note } from '../note.tsx';
import { settingLabel } from '../start/fields.ts';
import { StateBadge } from '../state-badge.tsx';
import page from '../compare.module.css';
import classes from './list.module.css';

const letter = (index: number) => String.fromCharCode(65 + index);

/** Several comparisons beside each other: only the settings that differ, and the results cell by cell. */
export function AgainPage({ comparisons: ids }: { comparisons: readonly number[] }) {
  const diff = useQuery(api.compare.diff.queryOptions({ input: { comparisons: [...ids] } }));
  const views = useQueries({
    queries: ids.map((comparison) => api.compare.get.queryOptions({ input: { comparison } })),
  });
  const failed = [diff, ...views].find((query) => query.isError);
  const all = views.flatMap((view) => view.data ?? []);
  return (
    <div className={page.page}>
      <header>
        <Text size="xs" c="dimmed">
          <Link href={paths.compare}>Comparisons</Link>
        </Text>
        <Title order={1}>{plural(ids.length, 'comparison')} beside each other</Title>
      </header>
      {failed ? (
        <Failure error={failed.error} title="They cannot be compared" onRetry={() => void failed.refetch()} />
      ) : !diff.data || all.length < ids.length ? (
        <Skeleton height={320} aria-label="Loading the comparisons" />
      ) : (
        <>
          <Differences comparisons={all} differences={diff.data} />
          <Together comparisons={all} />
        </>
      )}
    </div>
  );
}

function Differences({
  comparisons,
  differences,
}: {
  comparisons: ComparisonView[];
  differences: SettingDifference[];
}) {
  return (
    <section aria-label="Settings that differ">
      <Title order={2} pb="xs">
        Settings that differ
      </Title>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Table of settings that differ">
        <Table className={classes.differences} withColumnBorders>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Setting</Table.Th>
              {comparisons.map((comparison, index) => (
                <Table.Th key={comparison.id} scope="col">
                  <span className={classes.letter}>{letter(index)}</span>
                  <Link href={paths.comparison(comparison.id)}>{comparison.name}</Link>{' '}
                  <StateBadge state={comparison.state} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ setting, values }) => (
              <Table.Tr key={setting}>
                <Table.Th scope="row">
                  {settingLabel(setting)} <code>{setting}</code>
                </Table.Th>
                {values.map((value, index) => (
                  <Table.Td key={index}>{value || MISSING}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {differences.length === 0 && (
        <Text c="dimmed" py="xs">
          All their settings are the same.
        </Text>
      )}
    </section>
  );
}

function Together({ comparisons }: { comparisons: ComparisonView[] }) {
  const rows = CELLS.map((cell) => ({
    cell,
    entries: comparisons.flatMap((comparison, index) => {
      const summary = comparison.summary.find((row) => row.cell === cell);
      return summary ? [{ comparison, index, summary }] : [];
    }),
  })).filter(({ entries }) => entries.length > 0);
  const domain = whiskerDomain(rows.flatMap(({ entries }) => entries.map(({ summary }) => summary.interval)));
  const splits = new Set(comparisons.map(({ splitWords, dataset }) => `${dataset.id} ${splitWords}`));
  if (rows.length === 0) return <Text c="dimmed">None of them has been tested yet.</Text>;
  return (
    <section aria-label="Results beside each other">
      <Title order={2} pb="xs">
        Results
      </Title>
      <Stack gap="xs">
        {splits.size > 1 && (
          <Note tone="warning">
            They were not tested on the same clips (datasets or splits differ), so a difference may come from the clips.
          </Note>
        )}
        <div className={classes.scroll} tabIndex={0} role="region" aria-label="Table of results beside each other">
          <Table className={classes.together}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Comparison</Table.Th>
                <Table.Th>Test accuracy</Table.Th>
                <Table.Th>
                  95 % interval
                  <br />
                  <WhiskerAxis domain={domain} />
                </Table.Th>
                <Table.Th>n clips</Table.Th>
                {RESULT_COLUMNS.map((column) => (
                  <Table.Th key={column.id}>
                    {column.title} {column.unit}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ cell, entries }) => {
                const summaries = entries.map(({ summary }) => summary);
                const best = new Map(
                  [ACCURACY_COLUMN, ...RESULT_COLUMNS].map((column) => [column, bestRows(summaries, column)]),
                );
                return (
                  <Fragment key={cell}>
                    <Table.Tr className={classes.group}>
                      <Table.Th scope="rowgroup" colSpan={4 + RESULT_COLUMNS.length}>
                        <CellName cell={cell} />
                      </Table.Th>
                    </Table.Tr>
                    {entries.map(({ comparison, index, summary }) => (
                      <Table.Tr key={comparison.id}>
                        <Table.Th scope="row" fw={400}>
                          <span className={classes.letter}>{letter(index)}</span>
                          {comparison.name}{' '}
                          <Text span size="xs" c="dimmed">
                            {comparison.splitWords}, {plural(summary.runs, 'seed')}
                          </Text>
                        </Table.Th>
                        <Table.Td>
                          <span className={best.get(ACCURACY_COLUMN)?.has(summary) ? classes.best : undefined}>
                            {ACCURACY_COLUMN.text(summary)}
                          </span>
                          <LeakMark note={comparison.split.leakNote} />
                        </Table.Td>
                        <Table.Td title={interval(summary.interval)}>
                          <Whisker cell={cell} value={summary.accuracy} range={summary.interval} domain={domain} />
                        </Table.Td>
                        <Table.Td>{count(summary.testClips)}</Table.Td>
                        {RESULT_COLUMNS.map((column) => (
                          <Table.Td key={column.id}>
                            <span className={best.get(column)?.has(summary) ? classes.best : undefined}>
                              {column.text(summary)}
                            </span>
                          </Table.Td>
                        ))}
                      </Table.Tr>
                    ))}
                  </Fragment>
                );
              })}
            </Table.Tbody>
          </Table>
        </div>
      </Stack>
    </section>
  );
}
