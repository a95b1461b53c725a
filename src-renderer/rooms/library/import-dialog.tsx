import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FolderGuess } from '#shared/contract/files.ts';
import { LAYOUT_NAMES, type Layout } from '#shared/domain/dataset.ts';
import { tellError } from '../../app/tell.tsx';
import { api, client } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { plural } from '../../parts/format.ts';
import { FolderBrowser } from './folder-browser.tsx';
import { ImportProgress } from './import-progress.tsx';

interface Props {
  opened: boolean;
  onClose: () => void;
}

/** From a folder to a dataset: choose, see what Hark takes it for, import, read what went in. */
export function ImportDialog({ opened, onClose }: Props) {
  const [job, setJob] = useState<string | null>(null);
  const close = () => {
    onClose();
    setJob(null);
  };
  return (
    <Modal opened={opened} onClose={close} title={job === null ? 'Import a folder' : 'Import'} size="46rem">
      {job === null ? <Choose onStart={setJob} onCancel={close} /> : <ImportProgress job={job} onClose={close} />}
    </Modal>
  );
}

function Choose({ onStart, onCancel }: { onStart: (job: string) => void; onCancel: () => void }) {
  const [path, setPath] = useState<string | null>(null);
  const info = useQuery(api.lab.info.queryOptions());
  const guess = useQuery({
    ...api.files.guess.queryOptions({ input: { path: path ?? '' } }),
    enabled: path !== null,
    staleTime: 0,
    retry: false,
  });
  const ask = async (kind: 'folder' | 'manifest') => {
    const chosen = await client.files.choose({ kind });
    if (chosen !== null) setPath(chosen);
  };
  return (
    <Stack gap="md">
      {info.data?.nativeDialogs && (
        <Group gap="xs">
          {(['folder', 'manifest'] as const).map((kind) => (
            <Button
              key={kind}
              variant="default"
              onClick={() => void ask(kind).catch((error: unknown) => tellError(error))}
            >
              {kind === 'folder' ? 'Choose a folder' : 'Choose a CSV manifest'}
            </Button>
          ))}
        </Group>
      )}
      <FolderBrowser path={path} onPath={setPath} manifests />
      {path !== null && guess.error && <Failure error={guess.error} />}
      {path !== null && guess.isPending && (
        <Text size="sm" c="dimmed" role="status">
          Looking at what is in there
        </Text>
      )}
      {guess.data && <Confirm key={path} guess={guess.data} onStart={onStart} onCancel={onCancel} />}
      {!guess.data && (
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface ConfirmProps {
  guess: FolderGuess;
  onStart: (job: string) => void;
  onCancel: () => void;
}

/** What Hark takes the folder for, and why; another layout can be chosen. */
function Confirm({ guess, onStart, onCancel }: ConfirmProps) {
  const { path, layouts, soundFiles, dataset } = guess;
  const [layout, setLayout] = useState<Layout | undefined>(layouts[0]?.layout);
  const [name, setName] = useState(guess.name);
  const start = useMutation({
    mutationFn: () =>
      client.library.import({ path, layout: layout ?? null, name: dataset === null ? name.trim() || null : null }),
    onSuccess: ({ job }) => onStart(job),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (layout) start.mutate();
      }}
    >
      <Stack gap="sm">
        {layouts.length === 0 ? (
          <Text size="sm" c="dimmed" role="status">
            {soundFiles === 0
              ? 'No recordings that Hark can import lie in this folder. Go on into the one that holds them.'
              : `${plural(soundFiles, 'sound file')}, but nothing tells their labels. Put them into one folder per class, or write a CSV manifest with the columns path and label.`}
          </Text>
        ) : (
          <Radio.Group
            label={`Recognised as${soundFiles > 0 ? ` (${soundFiles >= 10_000 ? 'at least ' : ''}${plural(soundFiles, 'sound file')})` : ''}`}
            value={layout}
            onChange={(value) => setLayout(value as Layout)}
          >
            <Stack gap={6} mt={4}>
              {layouts.map((one, index) => (
                <Radio
                  key={one.layout}
                  size="xs"
                  value={one.layout}
                  label={`${LAYOUT_NAMES[one.layout]}${index === 0 && layouts.length > 1 ? ' (best match)' : ''}`}
                  description={one.reason}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {layouts.length > 0 &&
          (dataset === null ? (
            <TextInput
              label="Name"
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          ) : (
            <Text size="sm">This folder is in the lab already. Only what is new is added to its dataset.</Text>
          ))}
        {start.error && <Failure error={start.error} title="The import did not start" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" disabled={!layout} loading={start.isPending}>
            {dataset === null ? 'Import' : 'Import what is new'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
