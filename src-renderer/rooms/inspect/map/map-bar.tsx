import { Chip, Group, NativeSelect, NumberInput, SegmentedControl } from '@mantine/core';
import type { ComparisonSummary, ComparisonView } from '#shared/domain/comparison.ts';
import { MAP_METHOD_NAMES, type MapMethod } from '#shared/domain/clip-map.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import type { RunView } from '#shared/domain/run.ts';
import { PARTS } from '#shared/domain/split.ts';
import { SaveMenu } from '../../../parts/figure/save-menu.tsx';
import { useHabits } from '../state.ts';
import type { ColourBy } from './groups.ts';
import { mapCsv, mapFigure, mapName } from './save-map.ts';
import { useMapHabits, useMapState } from './state.ts';
import type { LaidOut } from './use-map.ts';
import classes from './map.module.css';

const COLOUR_NAMES: Record<ColourBy, string> = { class: 'Class', speaker: 'Speaker', outcome: 'Right or wrong' };
const PART_NAMES = { train: 'Train', validation: 'Validation', test: 'Test' };

interface Props {
  comparison: ComparisonView;
  list: readonly ComparisonSummary[];
  /** Networks that can be looked into, and the one that is. */
  tested: readonly RunView[];
  run: RunView;
  laidOut: LaidOut | undefined;
}

/** Whose map it is, of which clips, how it is laid out and coloured. */
export function MapBar({ comparison, list, tested, run, laidOut }: Props) {
  const { method, parts, colourBy } = useMapHabits();
  const seeds = [...new Set(tested.map(({ seed }) => seed))];
  const cells = tested.filter(({ seed }) => seed === run.seed).map(({ cell }) => cell);
  const set = useMapHabits.setState;
  return (
    <div className={classes.bar} role="group" aria-label="What the map shows">
      <NativeSelect
        size="xs"
        w={190}
        aria-label="Networks of"
        value={String(comparison.id)}
        data={list
          .filter(({ accuracy }) => accuracy.length > 0)
          .map(({ id, name }) => ({ value: String(id), label: name }))}
        onChange={(event) => useMapState.setState({ comparison: Number(event.currentTarget.value), seed: null })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Network"
        value={run.cell}
        data={cells.map((cell) => ({ value: cell, label: CELL_NAMES[cell] }))}
        onChange={(value) => useHabits.setState({ cell: value as Cell })}
      />
      {seeds.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label="Seed of the network"
          value={String(run.seed)}
          data={seeds.map((seed) => ({ value: String(seed), label: `seed ${seed}` }))}
          onChange={(event) => useMapState.setState({ seed: Number(event.currentTarget.value) })}
        />
      )}
      <Chip.Group
        multiple
        value={[...parts]}
        onChange={(chosen) => {
          // Clips of no part would be no map.
          if (chosen.length > 0) set({ parts: PARTS.filter((part) => chosen.includes(part)) });
        }}
      >
        <Group gap={4} role="group" aria-label="Parts">
          {PARTS.map((part) => (
            <Chip key={part} size="xs" value={part}>
              {PART_NAMES[part]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <SegmentedControl
        size="xs"
        aria-label="Layout"
        value={method}
        data={Object.entries(MAP_METHOD_NAMES).map(([value, label]) => ({ value, label }))}
        onChange={(value) => set({ method: value as MapMethod })}
      />
      {method === 'umap' && <UmapFields />}
      <NativeSelect
        size="xs"
        w={150}
        aria-label="Coloured by"
        value={colourBy}
        data={Object.entries(COLOUR_NAMES).map(([value, label]) => ({ value, label: `by ${label.toLowerCase()}` }))}
        onChange={(event) => set({ colourBy: event.currentTarget.value as ColourBy })}
      />
      {laidOut && (
        <SaveMenu
          figure={() => mapFigure(comparison.name, laidOut, colourBy)}
          name={mapName(comparison.name, laidOut.view)}
          csv={() => mapCsv(laidOut)}
        />
      )}
    </div>
  );
}

/** What UMAP goes by; another value is another map, made when the field is left or Enter is pressed. */
function UmapFields() {
  const { nNeighbors, minDist, seed } = useMapHabits();
  return (
    <Group gap={6} wrap="nowrap">
      <Field name="nNeighbors" value={nNeighbors} min={2} max={200} width={52} />
      <Field name="minDist" value={minDist} min={0} max={0.99} step={0.05} width={56} />
      <Field name="seed" value={seed} min={0} max={0xffff_ffff} width={52} />
    </Group>
  );
}

interface FieldProps {
  name: 'nNeighbors' | 'minDist' | 'seed';
  value: number;
  min: number;
  max: number;
  step?: number;
  width: number;
}

function Field({ name, value, min, max, step, width }: FieldProps) {
  const keep = (text: string) => {
    const given = Number(text.replace(',', '.'));
    if (text.trim() === '' || !Number.isFinite(given)) return;
    const held = Math.min(max, Math.max(min, step === undefined ? Math.round(given) : given));
    if (held !== value) useMapHabits.setState({ [name]: held });
  };
  return (
    <label className={classes.field}>
      {name}
      <NumberInput
        // What was typed but refused gives way to what is in force.
        key={value}
        size="xs"
        w={width}
        hideControls
        {...{ min, max, step }}
        defaultValue={value}
        onBlur={(event) => keep(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && keep(event.currentTarget.value)}
      />
    </label>
  );
}
