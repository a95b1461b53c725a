import { ScrollArea, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { fetchOverlay } from '../../../../client/bulk.ts';
import { Failure } from '../../../../parts/failure.tsx';
import { count } from '../../../../parts/format.ts';
import { Loading } from '../../../../parts/loading.tsx';
import { useStudio } from '../../state.ts';
import type { OpenSound } from '../layers.ts';
import { useChannelOf } from './channel.ts';
import { frameAt, summarise, valueOf } from './frames.ts';
import type { Overlay } from './kinds.ts';
import { usePlayhead } from './legend.tsx';
import { useOverlayTiles } from './overlay-tiles.ts';
import { valueNames, valueWords } from './words.ts';

/** Frames a summary looks at: all of the first 41 seconds; of longer parts every so many. */
const MOST_FRAMES = 4096;
const REST_MS = 200;

/** The values of the overlays: at the playhead, and over the selection or, without one, over what is in sight. */
export function ValueTable({ sound, overlays }: { sound: OpenSound; overlays: readonly Overlay[] }) {
  const selection = useStudio((state) => state.selection);
  const view = useStudio((state) => state.view);
  const selected = selection !== null && selection.end > selection.start;
  const { start, end } = selected ? selection : view;
  const [part] = useDebouncedValue(`${start} ${end}`, REST_MS);
  const [from, to] = part.split(' ').map(Number);
  const where = `${selected ? 'Selection' : 'In sight'}, ${from.toFixed(3)} to ${to.toFixed(3)} s`;
  return (
    <ScrollArea.Autosize mah={420}>
      <Table verticalSpacing={2} stickyHeader captionSide="top">
        <Table.Caption ta="left">{where}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Value</Table.Th>
            {['Playhead', 'Least', 'Median', 'Most', 'Frames'].map((name) => (
              <Table.Th key={name} ta="right">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        {overlays.map((overlay) => (
          <Values key={overlay.kind} sound={sound} overlay={overlay} start={from} end={to} />
        ))}
      </Table>
    </ScrollArea.Autosize>
  );
}

function Values({ sound, overlay, start, end }: { sound: OpenSound; overlay: Overlay; start: number; end: number }) {
  const channel = useChannelOf(overlay, sound);
  const seconds = usePlayhead(sound.clip);
  const tiles = useOverlayTiles((state) => state.tiles);
  useOverlayTiles((state) => state.stamp);
  const { kind, unit } = overlay;
  const query = { ...sound.query, kind, start, end, points: MOST_FRAMES, channel: channel ?? undefined };
  const track = useQuery({
    queryKey: ['bulk', 'overlay', sound.clip, query],
    queryFn: ({ signal }) => fetchOverlay(sound.clip, query, signal),
    gcTime: 60_000,
    placeholderData: (before, last) => (last?.queryKey[2] === sound.clip ? before : undefined),
  });
  const at = frameAt(tiles?.inSight(kind, channel) ?? [], seconds);
  const { data } = track;
  if (!data)
    return (
      <Table.Tbody>
        <Table.Tr>
          <Table.Td colSpan={6}>
            {track.error ? <Failure error={track.error} /> : <Loading label={`Computing: ${overlay.title}`} />}
          </Table.Td>
        </Table.Tr>
      </Table.Tbody>
    );
  return (
    <Table.Tbody aria-busy={track.isFetching}>
      {valueNames(kind, data.values).map((name, value) => {
        const { count: frames, least, median, most } = summarise(data, value);
        const cells = [at ? valueOf(at, value) : NaN, least, median, most];
        return (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={500}>
              {name}
            </Table.Th>
            {cells.map((cell, index) => (
              <Table.Td key={index} ta="right">
                {valueWords(cell, unit)}
              </Table.Td>
            ))}
            <Table.Td ta="right">
              {count(frames)} of {count(data.frames)}
            </Table.Td>
          </Table.Tr>
        );
      })}
      <Table.Tr>
        <Table.Td colSpan={6}>
          <Text size="xs" c="dimmed">
            {overlay.title}: {data.words}
          </Text>
        </Table.Td>
      </Table.Tr>
    </Table.Tbody>
  );
}
