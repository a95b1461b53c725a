import {
  Alert,
  Button,
  Checkbox,
  Chip,
  Group,
  Input,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { MEMORY_TASK_WORDS, MemorySettings, type MemoryRun } from '#shared/domain/memory.ts';
import { RECURRENT_CELLS, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { useStatus } from '../../../app/status.ts';
import { client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { Section } from '../../../parts/section.tsx';
import { RunProgress } from './run-progress.tsx';
import { setDraft } from './state.ts';
import classes from './memory.module.css';

const DISTANCES = [5, 10, 20, 40, 80, 160, 320];
const SIZES = ['8', '16', '32', '64', '128'];
/** As PyTorch begins: no bias is set. */
const OWN = 'own';
const GATE_BIASES = [
  { value: OWN, label: 'Near 0, as PyTorch’s' },
  ...[1, 2, 3, 4, 5].map((bias) => ({ value: String(bias), label: String(bias) })),
];

interface Props {
  settings: MemorySettings;
  /** Whether the task has been run before. */
  again: boolean;
  /** What is under way, of this task or another. */
  running: MemoryRun | null;
}

/** What is run: cells, distances and how they are trained; and the button. */
export function SettingsForm({ settings, again, running }: Props) {
  const start = useMutation({ mutationFn: () => client.memory.start(settings) });
  const change = (changes: Partial<MemorySettings>) => setDraft({ ...settings, ...changes });
  const { error } = MemorySettings.safeParse(settings);
  const wrong = (field: keyof MemorySettings) => error?.issues.find(({ path }) => path[0] === field)?.message;
  const distancesName = useId();
  const seedsName = useId();
  const newest = useStatus(({ status }) => status?.jobs.findLast(({ kind }) => kind === 'memory'));
  // An empty field is no number; what it was set to before is then what is run.
  const number = (field: 'steps' | 'learningRate') => (value: string | number) =>
    typeof value === 'number' && change({ [field]: value });

  return (
    <Section title="Experiment">
      <Stack gap="sm">
        <Checkbox.Group
          label="Cells"
          value={settings.cells}
          error={wrong('cells')}
          onChange={(cells) => change({ cells: RECURRENT_CELLS.filter((cell: RecurrentCell) => cells.includes(cell)) })}
        >
          <Group gap="xs" mt={4}>
            {RECURRENT_CELLS.map((cell) => (
              <Checkbox key={cell} value={cell} label={<CellName cell={cell} />} />
            ))}
          </Group>
        </Checkbox.Group>
        <Input.Wrapper
          label="Distances"
          labelElement="div"
          labelProps={{ id: distancesName }}
          description="frames between cue and answer"
          error={wrong('distances')}
        >
          <div className={classes.chips} role="group" aria-labelledby={distancesName}>
            <Chip.Group
              multiple
              value={settings.distances.map(String)}
              onChange={(chosen) => change({ distances: chosen.map(Number).sort((a, b) => a - b) })}
            >
              {DISTANCES.map((distance) => (
                <Chip key={distance} size="xs" value={String(distance)}>
                  {distance}
                </Chip>
              ))}
            </Chip.Group>
          </div>
        </Input.Wrapper>
        <div className={classes.pair}>
          <Select
            label="Units"
            description="of the one layer"
            allowDeselect={false}
            data={SIZES}
            value={String(settings.hiddenSize)}
            onChange={(size) => change({ hiddenSize: Number(size) })}
          />
          <Input.Wrapper label="Seeds" labelElement="div" labelProps={{ id: seedsName }} description="0, 1, 2">
            <SegmentedControl
              fullWidth
              mt={4}
              aria-labelledby={seedsName}
              value={String(settings.seeds.length)}
              onChange={(seeds) => change({ seeds: Array.from({ length: Number(seeds) }, (_, seed) => seed) })}
              data={['1', '2', '3']}
            />
          </Input.Wrapper>
          <NumberInput
            label="Steps"
            description="at most, a network"
            min={1}
            max={10_000}
            step={100}
            allowDecimal={false}
            value={settings.steps}
            error={wrong('steps')}
            onChange={number('steps')}
          />
          <NumberInput
            label="Learning rate"
            description="of Adam"
            min={0}
            max={1}
            step={0.001}
            value={settings.learningRate}
            error={wrong('learningRate')}
            onChange={number('learningRate')}
          />
        </div>
        <Select
          label="Gate bias at start"
          description="How far gates keep what is there: + for LSTM’s forget gate and GRU’s update gate, − for LSTM’s input gate (after Tallec and Ollivier 2018)"
          allowDeselect={false}
          data={GATE_BIASES}
          value={settings.gateBias === null ? OWN : String(settings.gateBias)}
          onChange={(bias) => change({ gateBias: bias === OWN ? null : Number(bias) })}
        />
        <Switch
          label="Clip gradients to a norm of 1"
          checked={settings.clipping}
          onChange={(event) => change({ clipping: event.currentTarget.checked })}
        />
        {running ? (
          <RunProgress run={running} elsewhere={running.settings.task !== settings.task} />
        ) : (
          <>
            <Button
              leftSection={again ? <IconRefresh size={15} aria-hidden /> : <IconPlayerPlay size={15} aria-hidden />}
              disabled={error !== undefined}
              loading={start.isPending}
              onClick={() => start.mutate()}
            >
              {again ? 'Run again' : 'Run'}
            </Button>
            {!again && (
              <Text size="xs" c="dimmed">
                As preset, {MEMORY_TASK_WORDS[settings.task].name.toLowerCase()} takes about a minute on two cores.
              </Text>
            )}
          </>
        )}
        {!running && newest?.state === 'failed' && (
          <Alert role="alert" color="red" title="The last experiment failed">
            {newest.message}
          </Alert>
        )}
        {start.error && <Failure error={start.error} title="The experiment did not begin" />}
      </Stack>
    </Section>
  );
}
