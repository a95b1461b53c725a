import { Button, CopyButton, Group, ScrollArea, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { count, plural } from '../../parts/format.ts';

const MOST = 500;

/** Files that stayed out of a dataset, and why; to be copied as a table. */
export function SkippedList({ dataset, height = 320 }: { dataset: number; height?: number }) {
  const skipped = useQuery(api.library.skipped.queryOptions({ input: { dataset } }));
  if (skipped.error) return <Failure error={skipped.error} />;
  const files = skipped.data ?? [];
  if (files.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {skipped.data ? 'Everything that was found went in.' : 'Loading'}
      </Text>
    );
  return (
    <>
      <Group justify="space-between" mb={6}>
        <Text size="sm">{plural(files.length, 'file')} left out; the rest went in.</Text>
        <CopyButton value={files.map(({ file, reason }) => `${file}\t${reason}`).join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy the list'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <ScrollArea.Autosize
        mah={height}
        type="auto"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Files left out' }}
      >
        <Table layout="fixed" verticalSpacing={3}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>File</Table.Th>
              <Table.Th>Reason</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.slice(0, MOST).map(({ file, reason }) => (
              <Table.Tr key={file}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{file}</Table.Td>
                <Table.Td>{reason}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {files.length > MOST && (
          <Text size="xs" c="dimmed" p={6}>
            {count(files.length - MOST)} more; the copied list has them all.
          </Text>
        )}
      </ScrollArea.Autosize>
    </>
  );
}
