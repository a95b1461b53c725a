import { Alert, Skeleton, Table } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useCellStyle } from '../../../parts/cells.ts';
import { Failure } from '../../../parts/failure.tsx';
import { count, plural } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { LeakMark } from '../../../parts/results/leak-mark.tsx';
import type { api } from '../../../client/client.ts';
import classes from './start.module.css';

export type Preview = Awaited<ReturnType<typeof api.compare.preview.call>>;

const PARTS = ['train', 'validation', 'test'] as const;
const PART_NAMES = { train: 'training', validation: 'validation', test: 'test' };

interface Props {
  preview: Preview | undefined;
  error: unknown;
  /** What is shown is of settings that have changed since. */
  stale: boolean;
}

/** What the settings come to: sizes of the networks, clips in each part, what to mind. */
export function PreviewPanel({ preview, error, stale }: Props) {
  const style = useCellStyle();
  if (error) return <Failure error={error} title="These settings do not go together" />;
  if (!preview) return <Skeleton height={220} aria-label="Working out what this comes to" />;
  const most = Math.max(...preview.cells.map((cell) => cell.parameters));
  const clips = PARTS.reduce((sum, part) => sum + preview.split[part], 0);
  return (
    <div className={classes.preview} data-stale={stale || undefined} aria-live="polite">
      <Table className={classes.sizes} withRowBorders={false}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Network</Table.Th>
            <Table.Th>Units</Table.Th>
            <Table.Th>Parameters</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.cells.map(({ cell, hiddenSize, parameters }) => (
            <Table.Tr key={cell}>
              <Table.Td>
                <CellName cell={cell} />
              </Table.Td>
              <Table.Td>{count(hiddenSize)}</Table.Td>
              <Table.Td>
                {count(parameters)}
                <div
                  className={classes.bar}
                  style={{ width: `${(parameters / most) * 100}%`, background: style(cell).colour }}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <div>
        <div className={classes.parts} aria-hidden>
          {PARTS.map((part) => (
            <div key={part} data-part={part} style={{ flexGrow: preview.split[part] / Math.max(1, clips) }} />
          ))}
        </div>
        <dl className={classes.facts}>
          {PARTS.map((part) => (
            <div key={part}>
              <dt>
                <i data-part={part} aria-hidden /> {PART_NAMES[part]}
              </dt>
              <dd>{plural(preview.split[part], 'clip')}</dd>
            </div>
          ))}
          <div>
            <dt>classes</dt>
            <dd>{count(preview.classes.length)}</dd>
          </div>
          <div>
            <dt>features a frame</dt>
            <dd>{count(preview.inputSize)}</dd>
          </div>
        </dl>
        <LeakMark note={preview.split.leakNote} />
      </div>
      {preview.warnings.map((warning) => (
        <Alert key={warning} color="yellow" icon={<IconInfoCircle aria-hidden />} p="xs">
          {warning}
        </Alert>
      ))}
    </div>
  );
}
