import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconWaveSine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelection } from '../../app/selection.ts';
import { useAction } from '../../app/use-action.ts';
import { api } from '../../client/client.ts';
import { Empty } from '../empty.tsx';
import { Failure } from '../failure.tsx';
import { splitPath } from '../format.ts';
import { LabelEditor } from '../label-editor.tsx';
import { Loading } from '../loading.tsx';
import { player } from '../player.ts';
import classes from './clip-view.module.css';
import { ClipFacts } from './clip-facts.tsx';
import { SoundView } from './sound-view.tsx';
import { SpectrogramControls } from './spectrogram-controls.tsx';
import { Transport } from './transport.tsx';

const REST_MS = 120;

interface Props {
  /** null: nothing is chosen yet. */
  clip: number | null;
  /** Whether a clip is heard as soon as it is shown, as long as the person has not set it otherwise. */
  autoplay?: boolean;
  /** Beside the label, e.g. what a network said instead. */
  beside?: ReactNode;
  /** Between the sound and the facts, e.g. what every network said. */
  children?: ReactNode;
  spectrogramHeight?: number;
}

/** A clip as one sees and hears it: label, waveform, spectrogram, playback, facts. */
export function ClipView({ clip: chosen, autoplay = false, beside, children, spectrogramHeight }: Props) {
  // While someone runs through a list, only where they come to rest is drawn.
  const [clip] = useDebouncedValue(chosen, REST_MS, { leading: true });
  const detail = useQuery({
    ...api.library.clip.queryOptions({ input: { clip: clip ?? 0 } }),
    enabled: clip !== null,
    placeholderData: (before) => before,
  });
  const playAtOnce = useSelection((state) => state.autoplay) ?? autoplay;
  useAction('player.autoplay', () => useSelection.setState({ autoplay: !playAtOnce }));
  const shown = detail.data;
  const current = shown !== undefined && shown.id === clip;
  const missing = shown?.missing ?? false;

  useEffect(() => {
    if (shown && current && !missing) player.load(shown.id, shown.duration, { v: shown.version });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what else is shown of it changes no sound
  }, [current, shown?.id, shown?.version, missing]);
  useEffect(() => {
    if (current && !missing && playAtOnce) void player.playFrom(0);
    // Only a new clip is played, not one whose label or settings have changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current, shown?.id, missing]);
  useEffect(() => () => player.unload(), []);

  if (clip === null)
    return (
      <Empty icon={IconWaveSine} title="No clip chosen">
        Choose a clip from the list: it is drawn and can be heard here.
      </Empty>
    );
  if (detail.error) return <Failure error={detail.error} onRetry={() => void detail.refetch()} />;
  if (!shown) return <Loading label="Loading the clip" />;

  const { name, folder } = splitPath(shown.file);
  return (
    <Stack gap="sm" className={classes.view} aria-busy={!current} role="region" aria-label={`Clip ${shown.file}`}>
      <div className={classes.head}>
        <LabelEditor key={shown.id} clip={shown.id} dataset={shown.dataset} label={shown.label} />
        {shown.relabelled && (
          <Badge color="iris" title={`It came as “${shown.history[0]?.label ?? ''}”`}>
            relabelled
          </Badge>
        )}
        {shown.duplicate && <Badge color="gray">duplicate</Badge>}
        {shown.edited && <Badge color="gray">edited</Badge>}
        {shown.state === 'rejected' && <Badge color="yellow">rejected</Badge>}
        {beside}
      </div>
      <Text size="sm" className="hark-ellipsis" title={shown.path}>
        <Text span c="dimmed" inherit>
          {folder}
        </Text>
        {name}
      </Text>
      {missing ? (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title="The file is not there any more">
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {shown.path}
          </Text>
          <Text size="sm" mt={4}>
            If it has been moved, it can be <Link href={paths.datasetPage(shown.dataset, 'files')}>found again</Link>.
          </Text>
        </Alert>
      ) : (
        <>
          <SoundView
            clip={shown.id}
            version={shown.version}
            duration={shown.duration}
            sampleRate={shown.sampleRate}
            spectrogramHeight={spectrogramHeight}
          />
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Transport clip={shown.id} duration={shown.duration} autoplay={playAtOnce} which={{ v: shown.version }} />
            <SpectrogramControls sampleRate={shown.sampleRate} />
          </Group>
          <PlayerError clip={shown.id} />
        </>
      )}
      {children}
      <ClipFacts clip={shown} />
    </Stack>
  );
}

function PlayerError({ clip }: { clip: number }) {
  const error = player.useStore((state) => (state.clip === clip ? state.error : null));
  return error && <Failure error={error} />;
}
