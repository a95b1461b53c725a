import { Button, Group, Select, Text } from '@mantine/core';
import { IconArrowsShuffle } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { MemoryExample, MemoryTask } from '#shared/domain/memory.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { plural } from '../../../parts/format.ts';
import { HeatMap } from '../../../parts/heat/heat-map.tsx';
import { colourGradient } from '../../../parts/sound/colours.ts';
import { Section } from '../../../parts/section.tsx';
import classes from './memory.module.css';

const DISTANCES = ['5', '10', '20', '40', '80'];
/** Height of an input's row, CSS pixels. */
const ROW = 13;
/** What colours stand for; noise goes a little beyond. */
const SCALE = { low: 0, high: 1, colours: 'viridis' } as const;

/** A sequence of the task, so that one sees what networks are asked. */
export function Example({ task }: { task: MemoryTask }) {
  const [distance, setDistance] = useState('20');
  const [number, setNumber] = useState(1);
  const example = useQuery(
    api.memory.example.queryOptions({
      input: { task, distance: Number(distance), number },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Section
      title="An example"
      aside={
        <Group gap="xs" wrap="nowrap">
          <Select
            size="xs"
            w={130}
            aria-label="Distance of the example"
            allowDeselect={false}
            data={DISTANCES.map((value) => ({ value, label: `${value} frames` }))}
            value={distance}
            onChange={(value) => value !== null && setDistance(value)}
          />
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconArrowsShuffle size={14} aria-hidden />}
            onClick={() => setNumber(number + 1)}
          >
            Another
          </Button>
        </Group>
      }
    >
      {example.error && <Failure error={example.error} title="The example cannot be shown" />}
      {example.data && <Sequence example={example.data} number={number} />}
    </Section>
  );
}

function Sequence({ example, number }: { example: MemoryExample; number: number }) {
  const { channels, frames, values, spans, answer } = example;
  const heat = useMemo(
    () => ({ values: Float32Array.from(values), frames, units: channels.length }),
    [values, frames, channels],
  );
  const order = useMemo(() => Int32Array.from(channels.keys()), [channels]);
  const share = (frame: number) => `${(100 * frame) / frames}%`;
  return (
    <div className={classes.sequence}>
      <div className={classes.channels} aria-hidden>
        {channels.map((channel) => (
          <div key={channel} style={{ height: ROW }}>
            {channel}
          </div>
        ))}
      </div>
      <div>
        <div className={classes.spans}>
          {spans.map(({ from, to, kind, words }) => (
            <div
              key={from}
              className={classes.span}
              data-kind={kind}
              style={{ left: share(from), width: share(to - from) }}
              title={`${words}: ${to - from === 1 ? `frame ${from + 1}` : `frames ${from + 1} to ${to}`}`}
            >
              <span>{words}</span>
            </div>
          ))}
        </div>
        <div className={classes.heat} style={{ height: ROW * channels.length }}>
          <HeatMap
            heat={heat}
            scale={SCALE}
            order={order}
            from={0}
            to={1}
            label={`Sequence of ${frames} frames, ${channels.length} inputs: ${spans.map(({ words }) => words).join(', ')}; answer ${answer}`}
          />
        </div>
        <div className={classes.below}>
          <Text size="xs" c="dimmed" className="hark-numbers">
            {plural(frames, 'frame')} from left to right, {plural(channels.length, 'input')} from top to bottom;
            sequence {number}. Values 0{' '}
            <span className={classes.scale} style={{ background: colourGradient(SCALE.colours) }} /> 1.
          </Text>
          <Text>
            Answer: <b className={classes.answer}>{answer}</b>
          </Text>
        </div>
      </div>
    </div>
  );
}
