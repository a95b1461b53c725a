import { ActionIcon, Button, NumberInput, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconDice5, IconDownload, IconRestore } from '@tabler/icons-react';
import { RECURRENT_CELLS, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { useAction } from '../../../app/use-action.ts';
import { saveCsv } from '../../../parts/figure/save.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { LIMITS } from './exercise.ts';
import { numbersOf } from './save-numbers.ts';
import { changeSettings, redo, resetEdits, undo, useSteps } from './state.ts';
import type { Worked } from './use-exercise.ts';
import classes from './steps.module.css';

const SIZES = [
  { key: 'inputSize', label: 'Input size' },
  { key: 'hiddenSize', label: 'Hidden size' },
  { key: 'steps', label: 'Time steps' },
] as const satisfies readonly { key: keyof typeof LIMITS; label: string }[];

const INLINE = { root: classes.inline, label: classes.inlineLabel, wrapper: classes.inlineField };
const SEED = { min: 0, max: 999_999 };

/** Which network is on the bench. Undo and redo mean its numbers as long as the page is in sight, not the lab's history. */
export function BenchBar({ worked }: { worked: Worked }) {
  const { settings } = worked;
  const isEdited = useSteps((state) => Object.keys(state.bench.edits).length > 0);
  const canUndo = useSteps((state) => state.past.length > 0);
  const canRedo = useSteps((state) => state.future.length > 0);
  useAction('edit.undo', undo);
  useAction('edit.redo', redo);
  return (
    <div className={classes.bar} role="group" aria-label="Network">
      <SegmentedControl
        aria-label="Cell"
        value={settings.cell}
        data={RECURRENT_CELLS.map((cell) => ({ value: cell, label: <CellName cell={cell} /> }))}
        onChange={(cell) => changeSettings({ cell: cell as RecurrentCell })}
      />
      {SIZES.map(({ key, label }) => (
        <NumberInput
          key={key}
          label={label}
          classNames={INLINE}
          {...LIMITS[key]}
          clampBehavior="strict"
          allowDecimal={false}
          value={settings[key]}
          onChange={(value) => isWithin(value, LIMITS[key]) && changeSettings({ [key]: value })}
        />
      ))}
      <NumberInput
        label="Seed"
        classNames={INLINE}
        {...SEED}
        clampBehavior="strict"
        allowDecimal={false}
        value={settings.seed}
        onChange={(value) => isWithin(value, SEED) && changeSettings({ seed: value })}
      />
      <Button
        variant="default"
        leftSection={<IconDice5 size={14} aria-hidden />}
        onClick={() => changeSettings({ seed: settings.seed >= SEED.max ? SEED.min : settings.seed + 1 })}
      >
        New weights
      </Button>
      <span className={classes.buttons}>
        <ActionTip action="edit.undo">
          <ActionIcon aria-label="Undo" disabled={!canUndo} onClick={undo}>
            <IconArrowBackUp size={16} aria-hidden />
          </ActionIcon>
        </ActionTip>
        <ActionTip action="edit.redo">
          <ActionIcon aria-label="Redo" disabled={!canRedo} onClick={redo}>
            <IconArrowForwardUp size={16} aria-hidden />
          </ActionIcon>
        </ActionTip>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconRestore size={14} aria-hidden />}
          disabled={!isEdited}
          onClick={resetEdits}
        >
          Reset
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveCsv(numbersOf(worked), `${settings.cell}-step-by-step`)}
        >
          Save as CSV
        </Button>
      </span>
    </div>
  );
}

const isWithin = (value: number | string, { min, max }: { min: number; max: number }): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
