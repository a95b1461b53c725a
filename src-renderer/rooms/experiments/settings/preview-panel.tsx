import { Skeleton, Table, Text } from '@mantine/core';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { SweepPreview } from '#shared/domain/sweep.ts';
import { Failure } from '../../../parts/failure.tsx';
import { count, plural } from '../../../parts/format.ts';
import { Note } from '../../compare/note.tsx';
import classes from '../experiments.module.css';

interface Props {
  preview: SweepPreview | undefined;
  error: unknown;
  /** What is shown is of settings that have changed since. */
  stale: boolean;
}

/** What the settings come to: runs, the networks' sizes at each level, levels that cannot be run, what to mind. */
export function PreviewPanel({ preview, error, stale }: Props) {
  if (error) return <Failure error={error} title="These settings do not go together" />;
  if (!preview) return <Skeleton height={200} aria-label="Working out what this comes to" />;
  const { levels, runs, testClips, warnings } = preview;
  const cells = levels.find((level) => level.cells.length > 0)?.cells ?? [];
  return (
    <div className={classes.preview} data-stale={stale || undefined} aria-live="polite">
      <Text className="hark-numbers">
        {plural(runs, 'training')}, each tested on the same {plural(testClips, 'clip')}.
      </Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Sizes by level">
        <Table className={classes.numbers}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Level</Table.Th>
              {cells.map(({ cell }) => (
                <Table.Th key={cell} scope="col">
                  {CELL_NAMES[cell]}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {levels.map((level) => (
              <Table.Tr key={String(level.value)}>
                <Table.Th scope="row">{level.words}</Table.Th>
                {level.error === null ? (
                  level.cells.map(({ cell, parameters, hiddenSize }) => (
                    <Table.Td key={cell}>
                      {count(parameters)}
                      <div className={classes.small}>{plural(hiddenSize, 'unit')}</div>
                    </Table.Td>
                  ))
                ) : (
                  <Table.Td colSpan={Math.max(1, cells.length)} className={classes.nothing}>
                    <span className={classes.wrong}>Cannot be run: {level.error}</span>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Caption className={classes.captionBelow}>Parameters of each network, by level.</Table.Caption>
        </Table>
      </div>
      {warnings.map((warning) => (
        <Note key={warning} tone="warning">
          {warning}
        </Note>
      ))}
    </div>
  );
}
