import { ActionIcon, Badge, Table, Text } from '@mantine/core';
import { IconPencil, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { asHarkError } from '#shared/domain/errors.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { duration } from '../../../parts/format.ts';
import { player } from '../../../parts/player.ts';
import { Section } from '../../../parts/section.tsx';
import classes from './record.module.css';
import { type KeptTake, useRecorder } from './recorder.ts';

export function playTake({ clip, duration: seconds }: KeptTake): void {
  player.load(clip, seconds, {});
  void player.playFrom(0);
}

/** The takes kept on this page, the newest first, to be heard again. */
export function KeptList() {
  const kept = useRecorder((state) => state.kept);
  const [newest] = kept;
  return (
    <Section
      title="Kept"
      aside={
        newest && (
          <Link href={paths.dataset(newest.dataset)} className={classes.link}>
            All recordings
          </Link>
        )
      }
    >
      {kept.length === 0 ? (
        <Text size="sm" c="dimmed">
          Every take that is ended is kept as a clip of the dataset of recordings, and stands here to be heard again.
          Undo takes it back.
        </Text>
      ) : (
        <div className={classes.kept} tabIndex={0} role="region" aria-label="Takes kept">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th aria-label="Play" />
                <Table.Th>Label</Table.Th>
                <Table.Th ta="right">Duration</Table.Th>
                <Table.Th aria-label="Remarks" />
                <Table.Th aria-label="Edit" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {kept.map((take, index) => (
                <Row key={take.clip} take={take} name={`take ${kept.length - index}: ${take.label}`} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Section>
  );
}

/** One take; what was undone is said to be so. */
function Row({ take, name }: { take: KeptTake; name: string }) {
  const { clip, label, clipped } = take;
  const found = useQuery({ ...api.library.clip.queryOptions({ input: { clip } }), retry: false });
  const gone = found.error !== null && asHarkError(found.error).kind === 'not-found';
  return (
    <Table.Tr>
      <Table.Td>
        <ActionIcon aria-label={`Play ${name}`} disabled={gone} onClick={() => playTake(take)}>
          <IconPlayerPlay size={16} />
        </ActionIcon>
      </Table.Td>
      <Table.Td c={gone ? 'dimmed' : undefined}>{found.data?.label ?? label}</Table.Td>
      <Table.Td ta="right" c={gone ? 'dimmed' : undefined}>
        {duration(take.duration)}
      </Table.Td>
      <Table.Td>
        {clipped && !gone && (
          <Badge color="red" miw="fit-content">
            clipped
          </Badge>
        )}
        {gone && <Badge color="gray">undone</Badge>}
      </Table.Td>
      <Table.Td>
        {!gone && (
          <ActionIcon component={Link} href={paths.studioClip(clip)} aria-label={`Edit ${name}`}>
            <IconPencil size={16} />
          </ActionIcon>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
