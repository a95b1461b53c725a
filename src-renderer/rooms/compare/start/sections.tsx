import {
  Alert,
  Chip,
  Group,
  Input,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { CELLS, type Cell } from '#shared/domain/model-spec.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { valueAt } from './draft.ts';
import { FieldLabel, Fields, type FormProps } from './field-input.tsx';
import { FEATURE_FIELDS, FEATURE_KIND_NAMES, MODEL_FIELDS, SPLIT_FIELDS, SPLIT_NAMES } from './fields.ts';
import classes from './start.module.css';

const MOST_SEEDS = 10;

/** Which networks: cells, how they are made comparable, seeds, size. */
export function NetworksSection(form: FormProps) {
  const { draft, errors, onChange } = form;
  return (
    <Stack gap="md">
      <Group gap="xl" align="flex-start">
        <Input.Wrapper label="Cells" description="trained side by side" error={errors['cells']} labelElement="div">
          <Chip.Group
            multiple
            value={draft['cells'] as Cell[]}
            onChange={(chosen) =>
              onChange(
                'cells',
                CELLS.filter((cell) => chosen.includes(cell)),
              )
            }
          >
            <Group gap="xs" mt={4}>
              {CELLS.map((cell) => (
                <Chip key={cell} value={cell} size="xs" variant="outline">
                  <CellName cell={cell} />
                  {cell === 'dnn' && <span className={classes.hint}>baseline without memory</span>}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
        <Input.Wrapper label="Made alike by" description="what all of them have the same of" labelElement="div">
          <div>
            <SegmentedControl
              mt={4}
              aria-label="Made alike by"
              value={String(draft['match'])}
              onChange={(match) => onChange('match', match)}
              data={[
                { value: 'units', label: 'Equal units' },
                { value: 'parameters', label: 'Equal parameters' },
              ]}
            />
          </div>
        </Input.Wrapper>
        <Seeds {...form} />
      </Group>
      <Fields {...form} fields={MODEL_FIELDS} />
    </Stack>
  );
}

/** How many seeds, or exactly which. */
function Seeds({ draft, errors, onChange }: FormProps) {
  const seeds = draft['seeds'] as number[];
  const [typed, setTyped] = useState<string | null>(null);
  const error = Object.entries(errors).find(([path]) => path === 'seeds' || path.startsWith('seeds.'))?.[1];
  const list = (text: string) =>
    text
      .split(/[\s,;]+/)
      .filter((part) => part !== '')
      .map(Number);
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <NumberInput
        label="Seeds"
        description={`1 to ${MOST_SEEDS} runs a cell`}
        w={110}
        min={1}
        max={MOST_SEEDS}
        value={seeds.length}
        onChange={(count) => {
          const wanted = Math.min(MOST_SEEDS, Math.max(1, Number(count) || 1));
          setTyped(null);
          onChange('seeds', wanted <= seeds.length ? seeds.slice(0, wanted) : filled(seeds, wanted));
        }}
      />
      <TextInput
        label={<FieldLabel label="Which" path="seeds" />}
        description="first weights, order, dropout"
        w={170}
        error={error}
        value={typed ?? seeds.join(', ')}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          onChange('seeds', list(event.currentTarget.value));
        }}
        onBlur={() => setTyped(null)}
      />
    </Group>
  );
}

/** Seeds with the smallest numbers not yet among them added. */
function filled(seeds: readonly number[], wanted: number): number[] {
  const all = [...seeds];
  for (let next = 0; all.length < wanted; next++) if (!all.includes(next)) all.push(next);
  return all;
}

interface SplitProps extends FormProps {
  speakers: readonly { name: string; clips: number }[];
  official: boolean;
  leakNote: string | null;
}

export function SplitSection({ speakers, official, leakNote, ...form }: SplitProps) {
  const { draft, errors, onChange } = form;
  const by = String(valueAt(draft, 'split.by'));
  const allowLeaks = valueAt(draft, 'split.allowLeaks') === true;
  return (
    <Stack gap="md">
      <Input.Wrapper
        label={<FieldLabel label="Rule" path="split.by" />}
        error={errors['split.by'] ?? errors['split']}
        labelElement="div"
      >
        <div>
          <SegmentedControl
            mt={4}
            aria-label="Split rule"
            value={by}
            onChange={(rule) => onChange('split.by', rule)}
            data={SPLIT_NAMES.map(({ value, label }) => ({
              value,
              label,
              disabled: (value === 'official' && !official) || (value === 'speaker' && speakers.length < 2),
            }))}
          />
        </div>
        <Input.Description mt={4}>
          {SPLIT_NAMES.find(({ value }) => value === by)?.help}
          {!official && '; this dataset brings no official lists'}
          {speakers.length < 2 && '; its speakers are not known'}
        </Input.Description>
      </Input.Wrapper>
      {by === 'speaker' && (
        <MultiSelect
          label={<FieldLabel label="Speakers of the test part" path="split.speakers" />}
          description="none named: as many as the test share asks, drawn by the seed"
          searchable
          clearable
          error={errors['split.speakers']}
          data={speakers.map(({ name, clips }) => ({ value: name, label: `${name} (${clips})` }))}
          value={valueAt(draft, 'split.speakers') as string[]}
          onChange={(chosen) => onChange('split.speakers', chosen)}
        />
      )}
      <Fields {...form} fields={SPLIT_FIELDS} />
      {by !== 'official' && (
        <Switch
          size="xs"
          label={<FieldLabel label="Allow leaks" path="split.allowLeaks" />}
          description="one speaker's clips, or the same recording, may stand on both sides"
          checked={allowLeaks}
          onChange={(event) => onChange('split.allowLeaks', event.currentTarget.checked)}
        />
      )}
      {(allowLeaks || leakNote !== null) && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="The test will be too easy">
          {leakNote ?? 'Networks then recognise voices they were trained on.'} Every number of this comparison will
          carry a note of it.
        </Alert>
      )}
    </Stack>
  );
}

export function FeaturesSection(form: FormProps) {
  const { draft, onChange } = form;
  return (
    <Stack gap="md">
      <Input.Wrapper label={<FieldLabel label="Kind" path="features.kind" />} labelElement="div">
        <div>
          <SegmentedControl
            mt={4}
            aria-label="Kind of features"
            value={String(valueAt(draft, 'features.kind'))}
            onChange={(kind) => onChange('features.kind', kind)}
            data={[...FEATURE_KIND_NAMES]}
          />
        </div>
      </Input.Wrapper>
      <Fields {...form} fields={FEATURE_FIELDS} />
    </Stack>
  );
}
