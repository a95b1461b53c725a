import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { ActionTip } from '../../../parts/kbd.tsx';
import { useHabits, useStudio, type Selection } from '../state.ts';
import type { OpenSound } from './layers.ts';
import { reveal } from './navigate.ts';
import { isSpan, ordered } from './select.ts';
import classes from './view.module.css';

interface Field {
  id: string;
  /** What the value is called; and whether that stands before it, else a dash does. */
  label: string;
  named?: boolean;
  /** Width in characters. */
  size: number;
  /** Whether it counts seconds (or samples) or Hz. */
  of: 'time' | 'frequency';
  read(selection: Selection): number | null;
  /** The selection with this value typed. */
  write(selection: Selection, value: number): Selection;
}

const FIELDS: readonly Field[] = [
  {
    id: 'start',
    label: 'Start',
    named: true,
    size: 8,
    of: 'time',
    read: ({ start }) => start,
    write: (now, start) => ({ ...now, start }),
  },
  { id: 'end', label: 'End', size: 8, of: 'time', read: ({ end }) => end, write: (now, end) => ({ ...now, end }) },
  {
    ...{ id: 'length', label: 'Length', named: true, size: 8, of: 'time' },
    read: ({ start, end }) => end - start,
    write: (now, length) => ({ ...now, end: now.start + length }),
  },
  {
    ...{ id: 'low', label: 'From', size: 6, of: 'frequency' },
    read: ({ fMin }) => fMin,
    write: (now, fMin) => ({ ...now, fMin, fMax: now.fMax ?? Infinity }),
  },
  {
    ...{ id: 'high', label: 'To', size: 6, of: 'frequency' },
    read: ({ fMax }) => fMax,
    write: (now, fMax) => ({ ...now, fMin: now.fMin ?? 0, fMax }),
  },
];

/** The selection in exact figures, told and typed: times in seconds or samples, a box's band in Hz. */
export function SelectionBar({ sound }: { sound: OpenSound }) {
  const units = useHabits((state) => state.units);
  const some = useStudio(({ selection }) => isSpan(selection));
  const [times, band] = [FIELDS.filter(({ of }) => of === 'time'), FIELDS.filter(({ of }) => of === 'frequency')];
  return (
    <div className={classes.bar} role="group" aria-label="Selection">
      {times.map((field) => (
        <Exact key={field.id} field={field} sound={sound} units={units} />
      ))}
      <Tooltip label={units === 'seconds' ? 'Count samples' : 'Count seconds'}>
        <button
          className={classes.unit}
          aria-label={`Times in ${units}. Change`}
          onClick={() => useHabits.setState({ units: units === 'seconds' ? 'samples' : 'seconds' })}
        >
          {units === 'seconds' ? 's' : 'smp'}
        </button>
      </Tooltip>
      {band.map((field) => (
        <Exact key={field.id} field={field} sound={sound} units={units} />
      ))}
      <span className={classes.unitName}>Hz</span>
      <ActionTip action="list.clear" label="Clear the selection">
        <ActionIcon
          aria-label="Clear the selection"
          disabled={!some}
          onClick={() => useStudio.setState({ selection: null, region: null })}
        >
          <IconX size={14} />
        </ActionIcon>
      </ActionTip>
    </div>
  );
}

interface ExactProps {
  field: Field;
  sound: OpenSound;
  units: 'seconds' | 'samples';
}

/** A field that follows the selection by hand: React has no part in what moves with the pointer. */
function Exact({ field, sound, units }: ExactProps) {
  const input = useRef<HTMLInputElement>(null);
  const inSamples = field.of === 'time' && units === 'samples';
  const unit = field.of === 'frequency' ? 'Hz' : inSamples ? 'samples' : 's';
  const words = (selection: Selection | null): string => {
    const value = isSpan(selection) ? field.read(selection) : null;
    if (value === null) return '';
    if (inSamples) return String(Math.round(value * sound.sampleRate));
    return field.of === 'frequency' ? String(Math.round(value * 10) / 10) : value.toFixed(6).replace(/0{1,3}$/, '');
  };
  const newest = useRef(words);
  useEffect(() => {
    newest.current = words;
    input.current!.value = words(useStudio.getState().selection);
  });
  useEffect(
    () =>
      useStudio.subscribe(({ selection }, before) => {
        if (selection === before.selection || document.activeElement === input.current) return;
        input.current!.value = newest.current(selection);
      }),
    [],
  );
  const take = () => {
    const typed = input.current!.value.trim().replace(',', '.').replace('−', '-');
    const before = useStudio.getState().selection;
    const value = Number(typed);
    if (typed !== '' && Number.isFinite(value) && typed !== words(before)) {
      const from = before ?? { start: 0, end: sound.duration, fMin: null, fMax: null };
      const selection = ordered(field.write(from, inSamples ? value / sound.sampleRate : value), sound);
      useStudio.setState({ selection });
      reveal(sound, selection.start);
    }
    input.current!.value = words(useStudio.getState().selection);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      take();
      input.current!.select();
    } else if (event.key === 'Escape') {
      input.current!.value = words(useStudio.getState().selection);
      input.current!.blur();
    }
  };
  return (
    <label className={classes.exact}>
      {field.named ? <span>{field.label}</span> : field.id !== 'low' && <span aria-hidden>–</span>}
      <input
        ref={input}
        aria-label={`${field.label}, ${unit}`}
        inputMode="decimal"
        style={{ width: `${field.size}ch` }}
        placeholder="–"
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={onKeyDown}
        onBlur={take}
      />
    </label>
  );
}
