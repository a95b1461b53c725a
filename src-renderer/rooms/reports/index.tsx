import { Button, Select, Skeleton, Text, Title } from '@mantine/core';
import { IconFileExport, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { api } from '../../client/client.ts';
import { Empty } from '../../parts/empty.tsx';
import { Failure } from '../../parts/failure.tsx';
import { openExport } from './export-dialog.tsx';
import { groupReports } from './group.ts';
import { ReportRow } from './report-row.tsx';
import classes from './reports.module.css';

/** What has left the lab: all reports, newest first, by the comparison they tell of. */
export default function ReportsRoom() {
  const reports = useQuery(api.reports.list.queryOptions());
  const comparisons = useQuery(api.compare.list.queryOptions());
  const failed = [reports, comparisons].find((query) => query.isError);
  if (failed)
    return (
      <div className={classes.page}>
        <Failure error={failed.error} title="The reports cannot be listed" onRetry={() => void failed.refetch()} />
      </div>
    );
  if (!reports.data || !comparisons.data)
    return (
      <div className={classes.page} aria-busy="true">
        <Skeleton height={120} />
        <Skeleton height={120} />
      </div>
    );

  const tested = comparisons.data.filter(({ accuracy }) => accuracy.length > 0);
  const nameOf = (id: number) => comparisons.data.find((one) => one.id === id)?.name;
  const exporter = tested.length > 0 && (
    <Select
      aria-label="Export a report of"
      placeholder="Export a report of"
      leftSection={<IconFileExport size={14} aria-hidden />}
      w="18rem"
      searchable
      value={null}
      data={tested.map(({ id, name }) => ({ value: String(id), label: name }))}
      onChange={(value) => value && openExport(Number(value), nameOf(Number(value)) ?? '')}
    />
  );
  if (reports.data.length === 0)
    return (
      <Empty
        icon={IconFileText}
        title="No report yet"
        action={
          exporter || (
            <Button component={Link} href={paths.compare}>
              Go to Compare
            </Button>
          )
        }
      >
        A report takes a comparison away from here: figures, curves, matrices, the sounds of the mistakes, and all that
        is needed to repeat it, as HTML, PDF, Markdown or CSV.
      </Empty>
    );
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Title order={1}>Reports</Title>
        <span className={classes.spacer} />
        {exporter}
      </div>
      {groupReports(reports.data).map(({ comparison, files }) => (
        <section key={comparison} aria-label={nameOf(comparison) ?? `Comparison ${comparison}`}>
          <div className={classes.head}>
            <Title order={2}>
              {nameOf(comparison) ? (
                <Link href={paths.comparison(comparison)}>{nameOf(comparison)}</Link>
              ) : (
                `Comparison ${comparison}`
              )}
            </Title>
            {!nameOf(comparison) && (
              <Text size="xs" c="dimmed">
                deleted; its reports stay
              </Text>
            )}
          </div>
          <ul className={classes.files}>
            {files.map((file) => (
              <ReportRow key={file.path} file={file} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
