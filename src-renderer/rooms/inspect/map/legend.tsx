import { Button, Text } from '@mantine/core';
import { count } from '../../../parts/format.ts';
import type { ColourBy, Group } from './groups.ts';
import type { Mark } from './marks.ts';
import classes from './map.module.css';

interface Props {
  groups: readonly Group[];
  by: ColourBy;
  /** Those asked for; none: all. */
  wanted: ReadonlySet<number>;
  onWanted(groups: ReadonlySet<number>): void;
}

const TITLES: Record<ColourBy, string> = { class: 'Classes', speaker: 'Speakers', outcome: 'Answers' };

/** What colours and markers stand for; a press brings a group out, and the others back. */
export function Legend({ groups, by, wanted, onWanted }: Props) {
  const toggle = (index: number) => {
    const next = new Set(wanted);
    if (!next.delete(index)) next.add(index);
    onWanted(next);
  };
  return (
    <div className={classes.legend} role="group" aria-label={TITLES[by]}>
      <Text size="xs" c="dimmed">
        {TITLES[by]}
      </Text>
      <div className={classes.legendRows}>
        {groups.map(({ name, count: clips, mark }, index) => (
          <button
            key={name}
            type="button"
            className={classes.legendRow}
            aria-pressed={wanted.has(index)}
            data-faint={(wanted.size > 0 && !wanted.has(index)) || undefined}
            title={`${name}: ${count(clips)}`}
            onClick={() => toggle(index)}
          >
            <MarkSign mark={mark} />
            <span className="hark-ellipsis">{name}</span>
            <span className={classes.dim}>{count(clips)}</span>
          </button>
        ))}
      </div>
      {wanted.size > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => onWanted(new Set())}>
          Show all
        </Button>
      )}
    </div>
  );
}

/** A group's marker. */
export function MarkSign({ mark: { colour, path } }: { mark: Mark }) {
  return (
    <svg width={12} height={12} viewBox="-1.4 -1.4 2.8 2.8" aria-hidden focusable="false">
      <path d={path} fill={colour} />
    </svg>
  );
}
