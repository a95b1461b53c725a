import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isOwnSound, LAYOUT_NAMES, type DatasetSummary } from '#shared/domain/dataset.ts';
import { tell, tellError } from '../../app/tell.tsx';
import { api, client } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { count, plural } from '../../parts/format.ts';
import { Section } from '../../parts/section.tsx';
import { FolderDialog } from './folder-dialog.tsx';
import classes from './room.module.css';
import { SkippedList } from './skipped-list.tsx';

/** Where a dataset's files are, which are gone, and which were left out. */
export function FilesTab({ dataset }: { dataset: DatasetSummary }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Files">
      <div className={classes.columns}>
        <Source dataset={dataset} />
        <Missing dataset={dataset} />
        <Section title="Left out" aside={plural(dataset.skipped, 'file')} wide>
          <SkippedList dataset={dataset.id} />
        </Section>
      </div>
    </div>
  );
}

function Source({ dataset }: { dataset: DatasetSummary }) {
  const again = useMutation({
    mutationFn: () => client.library.import({ path: dataset.root, layout: dataset.layout, name: null }),
    onSuccess: () => tell('Looking for what is new', 'Clips that are in already stay as they are.'),
    onError: (error) => tellError(error, 'The folder was not looked through'),
  });
  return (
    <Section title="Source" aside={LAYOUT_NAMES[dataset.layout]}>
      <Stack gap="xs">
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {dataset.root}
        </Code>
        <Text size="sm" c="dimmed">
          {dataset.state === 'partial'
            ? 'The import was stopped or cut off. Importing again adds what is missing.'
            : isOwnSound(dataset.layout)
              ? 'The files lie in the lab, and are never changed.'
              : 'The files stay here and are never changed. Importing again adds only what is new.'}
        </Text>
        {!isOwnSound(dataset.layout) && (
          <Group>
            <Button
              variant="default"
              loading={again.isPending}
              disabled={dataset.state === 'importing'}
              onClick={() => again.mutate()}
            >
              {dataset.state === 'partial' ? 'Go on with the import' : 'Import what is new'}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  );
}

function Missing({ dataset }: { dataset: DatasetSummary }) {
  const { id, missing } = dataset;
  const [choosing, setChoosing] = useState(false);
  const info = useQuery(api.lab.info.queryOptions());
  const check = useMutation({
    mutationFn: () => client.library.checkFiles({ dataset: id }),
    onSuccess: (answer) =>
      tell(answer.missing === 0 ? 'All files are there' : `${plural(answer.missing, 'file')} missing`),
    onError: (error) => tellError(error),
  });
  const relocate = useMutation({
    mutationFn: (folder: string) => client.library.relocate({ dataset: id, folder }),
    onSuccess: ({ found, missing: left }) =>
      tell(
        `${plural(found, 'file')} found again`,
        left > 0 ? `${count(left)} still missing.` : 'None is missing any more.',
      ),
  });
  const choose = async () => {
    if (!info.data?.nativeDialogs) return setChoosing(true);
    const folder = await client.files.choose({ kind: 'folder' });
    if (folder !== null) relocate.mutate(folder);
  };
  return (
    <Section title="Missing" aside={missing === 0 ? 'none' : plural(missing, 'file')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {missing === 0
            ? 'Every file was there when Hark looked last.'
            : 'These files have been moved or deleted. Show the folder they are in now: they are recognised by their path within it, else by name and content.'}
        </Text>
        {relocate.error && <Failure error={relocate.error} />}
        <Group gap="xs">
          {missing > 0 && (
            <Button
              loading={relocate.isPending}
              onClick={() => void choose().catch((error: unknown) => tellError(error))}
            >
              Find them again
            </Button>
          )}
          <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
            Look again
          </Button>
        </Group>
      </Stack>
      <FolderDialog
        opened={choosing}
        title="Where are the files now?"
        action="Look here"
        onClose={() => setChoosing(false)}
        onChoose={(folder) => {
          setChoosing(false);
          relocate.mutate(folder);
        }}
      />
    </Section>
  );
}
