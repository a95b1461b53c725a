import { Button, Checkbox, Group, Progress, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { REPORT_FORMATS, type ReportFile, type ReportFormat } from '#shared/contract/reports.ts';
import { invalidate } from '../../app/changes.ts';
import { go, paths } from '../../app/paths.ts';
import { useStatus } from '../../app/status.ts';
import { client } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { duration } from '../../parts/format.ts';
import { FORMATS } from './formats.ts';
import { ReportRow } from './report-row.tsx';
import classes from './reports.module.css';

/** Opens the dialog that exports a comparison. */
export function openExport(comparison: number, name: string): void {
  modals.open({
    title: `Export a report of ${name}`,
    size: 'lg',
    children: <ExportDialog comparison={comparison} />,
  });
}

/** Choose formats, see how far it is, have the files. */
function ExportDialog({ comparison }: { comparison: number }) {
  const [formats, setFormats] = useState<readonly ReportFormat[]>(['html', 'pdf']);
  const [files, setFiles] = useState<readonly ReportFile[] | null>(null);
  const write = useMutation({
    mutationFn: () => client.reports.export({ comparison, formats: [...formats], folder: null }),
    onSuccess: (answer) => setFiles(answer.files),
    onSettled: () => invalidate(['reports']),
  });
  const job = useStatus(({ status }) =>
    status?.jobs.find(({ kind, subject, state }) => kind === 'report' && subject === comparison && state === 'running'),
  );

  if (files)
    return (
      <Stack gap="sm">
        <Text size="sm">The report is written and stays in the lab’s folder.</Text>
        <ul className={classes.files}>
          {files.map((file) => (
            <ReportRow key={file.path} file={file} />
          ))}
        </ul>
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => {
              modals.closeAll();
              go(paths.reports);
            }}
          >
            All reports
          </Button>
          <Button onClick={() => modals.closeAll()}>Done</Button>
        </Group>
      </Stack>
    );
  return (
    <Stack gap="sm">
      <Checkbox.Group
        label="Formats"
        value={[...formats]}
        onChange={(chosen) => setFormats(REPORT_FORMATS.filter((format) => chosen.includes(format)))}
      >
        <Stack gap="xs" mt="xs">
          {REPORT_FORMATS.map((format) => (
            <Checkbox
              key={format}
              value={format}
              label={FORMATS[format].name}
              description={FORMATS[format].help}
              disabled={write.isPending}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {write.isPending && (
        <div role="status">
          <Text size="xs" c="dimmed">
            {job?.message || 'Writing the report'}
            {job?.secondsLeft ? `, about ${duration(job.secondsLeft)} left` : ''}
          </Text>
          <Progress value={job?.total ? (job.done / job.total) * 100 : 100} animated aria-label="Report written" />
        </div>
      )}
      {write.isError && <Failure error={write.error} title="The report could not be written" />}
      <Group justify="flex-end">
        {job && (
          <Button variant="default" onClick={() => void client.lab.cancelJob({ job: job.id })}>
            Stop
          </Button>
        )}
        <Button disabled={formats.length === 0} loading={write.isPending} onClick={() => write.mutate()}>
          {formats.length === 0 ? 'Choose a format' : 'Export'}
        </Button>
      </Group>
    </Stack>
  );
}
