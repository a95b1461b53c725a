import { Badge, Button, Group, Text } from '@mantine/core';
import { IconDownload, IconExternalLink, IconFolder } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReportFile } from '#shared/contract/reports.ts';
import { tellError } from '../../app/tell.tsx';
import { reportUrl } from '../../client/bulk.ts';
import { api, client } from '../../client/client.ts';
import { bytes, moment } from '../../parts/format.ts';
import { FORMATS } from './formats.ts';
import classes from './reports.module.css';

/** One written file: what it is, and how to get at it. */
export function ReportRow({ file }: { file: ReportFile }) {
  const info = useQuery(api.lab.info.queryOptions());
  const show = useMutation({
    mutationFn: () => client.files.show({ path: file.path }),
    onError: (error) => tellError(error, 'The file could not be shown'),
  });
  const url = reportUrl(file.comparison, file.name);
  const web = info.data?.host === 'web';
  return (
    <li className={classes.file}>
      <Badge color="iris" w={84}>
        {FORMATS[file.format].name}
      </Badge>
      <div className={classes.what}>
        <div className="hark-ellipsis" title={file.path}>
          {file.name}
        </div>
        <Text size="xs" c="dimmed">
          {bytes(file.bytes)}, {moment(file.createdAt)}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        {web && file.format !== 'csv' && (
          <Button
            component="a"
            href={url}
            target="_blank"
            rel="noreferrer"
            variant="default"
            leftSection={<IconExternalLink size={14} aria-hidden />}
            aria-label={`Open ${file.name}`}
          >
            Open
          </Button>
        )}
        {web && (
          <Button
            component="a"
            href={url}
            download={file.name}
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            aria-label={`Download ${file.name}`}
          >
            Download
          </Button>
        )}
        {info.data?.nativeDialogs && (
          <Button
            variant="default"
            leftSection={<IconFolder size={14} aria-hidden />}
            aria-label={`Show ${file.name} in its folder`}
            loading={show.isPending}
            onClick={() => show.mutate()}
          >
            Show in folder
          </Button>
        )}
      </Group>
    </li>
  );
}
