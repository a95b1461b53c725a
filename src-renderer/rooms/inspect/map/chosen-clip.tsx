import { Button, Group, Text } from '@mantine/core';
import {
  IconCheck,
  IconChartScatter,
  IconEyeSearch,
  IconPlayerPlay,
  IconWaveSawTool,
  IconX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { MapClip } from '#shared/domain/clip-map.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { duration, percent, splitPath } from '../../../parts/format.ts';
import { LabelEditor } from '../../../parts/label-editor.tsx';
import { SoundView } from '../../../parts/sound/sound-view.tsx';
import { hear } from './hear.ts';
import { NeighbourTable } from './neighbour-table.tsx';
import type { LaidOut } from './use-map.ts';
import classes from './map.module.css';

interface Props {
  comparison: ComparisonView;
  laidOut: LaidOut;
  /** In the map's list; null: none is chosen, or one that is not on this map. */
  place: number | null;
  onChoose(place: number): void;
}

/** The chosen point: which clip it is, what was said of it, how it sounds, and who is near it in the full space. */
export function ChosenClip({ comparison, laidOut, place, onChoose }: Props) {
  if (place === null)
    return (
      <Empty icon={IconChartScatter} title="No clip chosen">
        Press a point, or go from point to point with the arrow keys: here is what clip it is, what the network says of
        it and which clips it takes for alike.
      </Empty>
    );
  const clip = laidOut.view.clips[place];
  return (
    <section className={classes.side} aria-label={`Clip ${clip.file}`}>
      <ClipCard comparison={comparison} clip={clip} cell={CELL_NAMES[laidOut.view.cell]} />
      <NeighbourTable laidOut={laidOut} place={place} onChoose={onChoose} />
    </section>
  );
}

function ClipCard({ comparison, clip, cell }: { comparison: ComparisonView; clip: MapClip; cell: string }) {
  const detail = useQuery({
    ...api.library.clip.queryOptions({ input: { clip: clip.clip } }),
    placeholderData: (before) => before,
  });
  const { folder, name } = splitPath(clip.file);
  const right = clip.truth === clip.predicted;
  const Sign = right ? IconCheck : IconX;
  const shown = detail.data?.id === clip.clip ? detail.data : null;
  return (
    <div className={classes.card}>
      <Group gap="xs">
        {shown && <LabelEditor key={shown.id} clip={shown.id} dataset={shown.dataset} label={shown.label} />}
        <span className={classes.answer} data-right={right || undefined}>
          <Sign size={14} aria-label={right ? 'right' : 'wrong'} />
          {clip.predicted}, {percent(clip.probability)}
        </span>
      </Group>
      <Text size="sm" className={classes.file} title={clip.file}>
        <span className={classes.dim}>{folder}</span>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {cell} answers “{clip.predicted}”; in the comparison as “{clip.truth}”, {clip.part} part
        {clip.speaker !== null && `, speaker ${clip.speaker}`}, {duration(clip.duration)}
      </Text>
      {detail.error && <Failure error={detail.error} title="The clip cannot be shown" />}
      {shown && (
        <SoundView
          clip={shown.id}
          version={shown.version}
          duration={shown.duration}
          sampleRate={shown.sampleRate}
          waveHeight={40}
          spectrogramHeight={104}
        />
      )}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerPlay size={13} aria-hidden />}
          onClick={() => hear(clip)}
        >
          Play
        </Button>
        <Button
          component={Link}
          href={paths.inspect(comparison.id, clip.clip)}
          size="compact-sm"
          variant="default"
          leftSection={<IconEyeSearch size={13} aria-hidden />}
        >
          Gates
        </Button>
        <Button
          component={Link}
          href={paths.studioClip(clip.clip)}
          size="compact-sm"
          variant="default"
          leftSection={<IconWaveSawTool size={13} aria-hidden />}
        >
          Studio
        </Button>
      </Group>
    </div>
  );
}
