import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LeftTake } from '#shared/contract/studio.ts';
import { tell, tellError } from '../../../app/tell.tsx';
import { api, client, queries } from '../../../client/client.ts';
import { duration, frequency, moment } from '../../../parts/format.ts';
import { Section } from '../../../parts/section.tsx';
import { useRecorder } from './recorder.ts';

/** A window that was closed or loaded anew in the middle of a take leaves one; that is seen by the parts not coming. */
const LOOK_MS = 4000;

/** Takes that were cut off, by a crash or a closed window: each can be kept or thrown away. */
export function LeftTakes() {
  // One that has got stuck is asked about where it was recorded.
  const stuck = useRecorder((state) => state.stuck?.take);
  const left = useQuery({ ...api.recording.left.queryOptions(), staleTime: 0, refetchInterval: LOOK_MS });
  const shown = left.data?.filter(({ take }) => take !== stuck) ?? [];
  if (shown.length === 0) return null;
  return (
    <Section title="Takes that were cut off" aside={`${shown.length}`}>
      <Stack gap="sm">
        {shown.map((take) => (
          <Left key={take.take} take={take} />
        ))}
      </Stack>
    </Section>
  );
}

function Left({ take }: { take: LeftTake }) {
  const [label, setLabel] = useState('recovered');
  const again = () => queries.invalidateQueries({ queryKey: api.recording.left.key() });
  const keep = useMutation({
    mutationFn: () => client.recording.keep({ take: take.take, label }),
    onSuccess: ({ duration: seconds }) => {
      tell('The take is kept', `${duration(seconds)}, as “${label}” among the recordings.`);
      return again();
    },
    onError: (error) => tellError(error, 'The take was not kept'),
  });
  const discard = useMutation({
    mutationFn: () => client.recording.discard({ take: take.take }),
    onSuccess: again,
    onError: (error) => tellError(error, 'The take was not thrown away'),
  });
  return (
    <div>
      <Text size="sm">
        {duration(take.duration)}, {frequency(take.sampleRate)}, {take.channels === 1 ? 'mono' : 'stereo'}
      </Text>
      <Text size="xs" c="dimmed">
        cut off {moment(take.endedAt)}
      </Text>
      <Group gap="xs" mt={4} align="flex-end">
        <TextInput
          aria-label="Label of the take that was cut off"
          flex={1}
          value={label}
          maxLength={200}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Button disabled={label.trim() === ''} loading={keep.isPending} onClick={() => keep.mutate()}>
          Keep
        </Button>
        <Button variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
          Throw away
        </Button>
      </Group>
    </div>
  );
}
