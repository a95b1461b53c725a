import { useRef, type KeyboardEvent } from 'react';
import type { Region } from '#shared/domain/region.ts';
import { describeRegion } from './actions.ts';
import type { EditedField } from './region-panel.tsx';
import classes from './regions.module.css';

interface Props {
  region: Region;
  index: number;
  /** Pixels from the top. */
  start: number;
  tier: string;
  chosen: boolean;
  /** What of it is being typed. */
  edited: EditedField | null;
  onChoose(): void;
  onShow(): void;
  onEdit(field: EditedField): void;
  onDone(): void;
}

const hertz = ({ fMin, fMax }: Region) =>
  fMin === null || fMax === null ? '–' : `${Math.round(fMin)}–${Math.round(fMax)}`;

export function RegionRow({ region, index, start, tier, chosen, edited, ...on }: Props) {
  const field = (name: EditedField) =>
    edited === name ? (
      <span role="gridcell">
        <FieldInput region={region} field={name} onDone={on.onDone} />
      </span>
    ) : (
      <span role="gridcell" title={region[name] || undefined} onDoubleClick={() => on.onEdit(name)}>
        {region[name]}
      </span>
    );
  return (
    <div
      id={`region-row-${region.id}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={classes.row}
      style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
      onMouseDown={on.onChoose}
    >
      <span role="gridcell" title={tier}>
        {tier}
      </span>
      <span role="gridcell" data-right onDoubleClick={on.onShow}>
        {region.start.toFixed(3)}
      </span>
      <span role="gridcell" data-right onDoubleClick={on.onShow}>
        {region.end.toFixed(3)}
      </span>
      <span role="gridcell" data-right>
        {hertz(region)}
      </span>
      {field('label')}
      {field('note')}
    </div>
  );
}

function FieldInput({ region, field, onDone }: { region: Region; field: EditedField; onDone: () => void }) {
  const left = useRef(false);
  const set = (value: string) => {
    if (left.current) return;
    left.current = true;
    void describeRegion(region.clip, region.id, { [field]: value.trim() });
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === 'Enter') set(event.currentTarget.value);
    else if (event.key === 'Escape') {
      left.current = true;
      onDone();
    }
  };
  return (
    <input
      className={classes.field}
      aria-label={field === 'label' ? 'Label of the region' : 'Note on the region'}
      defaultValue={region[field]}
      maxLength={field === 'label' ? 500 : 2000}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onMouseDown={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
      onBlur={(event) => set(event.currentTarget.value)}
    />
  );
}
