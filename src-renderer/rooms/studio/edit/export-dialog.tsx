import { Anchor, Button, Code, Group, Radio, SegmentedControl, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EXPORT_CODINGS, type Done, type ExportCoding } from '#shared/contract/studio.ts';
import { tellError } from '../../../app/tell.tsx';
import { audioUrl } from '../../../client/bulk.ts';
import { api, client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { plural, splitPath } from '../../../parts/format.ts';
import { FolderDialog } from '../../library/folder-dialog.tsx';
import classes from './edit.module.css';
import { ProgressLine } from './progress-line.tsx';
import { SkippedClips } from './skipped-list.tsx';
import { clipsOf, sizeOf, type Target } from './target.ts';
import { useLongCall } from './use-long-call.ts';

const CODINGS: Record<ExportCoding, { name: string; help: string }> = {
  pcm16: { name: 'WAV, 16 bit', help: 'Read everywhere. What is louder than full scale is clipped.' },
  pcm24: { name: 'WAV, 24 bit', help: 'For further editing. What is louder than full scale is clipped.' },
  float32: { name: 'WAV, 32 bit float', help: 'The samples as Hark has them, to the bit.' },
  flac: { name: 'FLAC', help: 'About half the size. 16 bit where those hold every sample, else 24.' },
};

type What = 'these' | 'listed' | 'dataset' | 'regions';
type Exported = Done & { folder: string; files: string[] };

/** Opens the dialog that writes clips, as they sound now, into files. @param listed what the list beside them shows, or has marked */
export function openExportSound(target: Target, listed?: Target): void {
  modals.open({
    title: 'Export sound',
    size: 'lg',
    children: <ExportSound target={target} {...(listed && { listed })} />,
  });
}

function ExportSound({ target, listed }: { target: Target; listed?: Target }) {
  const { dataset, clips, name } = target;
  const [coding, setCoding] = useState<ExportCoding>('pcm16');
  const [what, setWhat] = useState<What>('these');
  const [folder, setFolder] = useState<string | null>(null);
  const all: Target = { dataset, clips: null, name: 'the dataset' };
  const chosen = what === 'dataset' ? all : what === 'listed' && listed ? listed : target;
  const size = useQuery({ queryKey: ['studio', 'size', chosen], queryFn: () => sizeOf(chosen), staleTime: 0 });
  const call = useLongCall<Exported>('export');
  const start = () =>
    call.start(async (signal) => {
      const ids = await clipsOf(chosen, signal);
      return client.studio.export({ clips: ids, coding, folder, regions: what === 'regions' }, { signal });
    });

  if (call.result) return <Result {...call.result} />;
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="What is exported"
        data={[
          { value: 'these', label: clips?.length === 1 ? 'This clip' : 'These clips' },
          { value: 'regions', label: 'A file for each region' },
          ...(listed?.clips ? [{ value: 'listed', label: 'The marked clips' }] : []),
          ...(listed?.filter ? [{ value: 'listed', label: 'All in the list' }] : []),
          { value: 'dataset', label: 'All clips of the dataset' },
        ]}
        value={what}
        onChange={(value) => setWhat(value as What)}
      />
      <Text size="sm" c="dimmed">
        {what === 'regions' ? 'The labelled regions of ' : ''}
        {size.data === undefined ? '' : `${plural(size.data, 'clip')} of `}
        {chosen.name}, with all edits.
      </Text>
      <Radio.Group label="Coding" value={coding} onChange={(value) => setCoding(value as ExportCoding)}>
        <Stack gap={6} mt={4}>
          {EXPORT_CODINGS.map((one) => (
            <Radio key={one} size="xs" value={one} label={CODINGS[one].name} description={CODINGS[one].help} />
          ))}
        </Stack>
      </Radio.Group>
      <Folder folder={folder} onFolder={setFolder} />
      {call.running && <ProgressLine job={call.job} words="Writing the files" onStop={call.stop} />}
      {call.error !== null && <Failure error={call.error} title="The export was not finished" />}
      <Group justify="flex-end" gap="xs">
        {clips?.length === 1 && what === 'these' && (
          <Button
            component="a"
            variant="default"
            mr="auto"
            href={audioUrl(clips[0])}
            download={`${splitPath(name).name.replace(/\.\w+$/, '')}.wav`}
          >
            Download this clip (WAV, 16 bit)
          </Button>
        )}
        <Button variant="default" onClick={() => modals.closeAll()}>
          {call.running ? 'Close, and go on' : 'Cancel'}
        </Button>
        <Button disabled={!size.data} loading={call.running} onClick={start} data-autofocus>
          Export
        </Button>
      </Group>
    </Stack>
  );
}

/** Where the files go; the lab's own folder until another is chosen. */
function Folder({ folder, onFolder }: { folder: string | null; onFolder: (folder: string | null) => void }) {
  const [choosing, setChoosing] = useState(false);
  const info = useQuery(api.lab.info.queryOptions());
  const ask = async () => {
    if (!info.data?.nativeDialogs) return setChoosing(true);
    const chosen = await client.files.choose({ kind: 'save-folder' });
    if (chosen !== null) onFolder(chosen);
  };
  return (
    <div>
      <Text size="xs" fw={500}>
        Folder
      </Text>
      <Group gap="xs" mt={4}>
        <Code style={{ overflowWrap: 'anywhere' }}>{folder ?? `${info.data?.path ?? ''}/audio/exports`}</Code>
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => void ask().catch((error: unknown) => tellError(error))}
        >
          Choose another
        </Button>
        {folder !== null && (
          <Anchor component="button" type="button" size="xs" onClick={() => onFolder(null)}>
            The lab’s own
          </Anchor>
        )}
      </Group>
      <FolderDialog
        opened={choosing}
        title="Export into"
        action="Export here"
        onClose={() => setChoosing(false)}
        onChoose={(path) => {
          onFolder(path);
          setChoosing(false);
        }}
      />
    </div>
  );
}

function Result({ folder, files, skipped }: Exported) {
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {files.length === 0 ? 'No file was written.' : `${plural(files.length, 'file')} written into`}
      </Text>
      {files.length > 0 && <Code style={{ overflowWrap: 'anywhere' }}>{folder}</Code>}
      {files.length > 0 && (
        <ul className={`${classes.list} ${classes.results}`} tabIndex={0} aria-label="Files written">
          {files.map((file) => (
            <li key={file} className={classes.skipped}>
              {splitPath(file).name}
            </li>
          ))}
        </ul>
      )}
      <SkippedClips skipped={skipped} />
      <Group justify="flex-end" gap="xs">
        {files.length > 0 && (
          <Button
            variant="default"
            onClick={() => void client.files.show({ path: folder }).catch((error: unknown) => tellError(error))}
          >
            Show the folder
          </Button>
        )}
        <Button data-autofocus onClick={() => modals.closeAll()}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
