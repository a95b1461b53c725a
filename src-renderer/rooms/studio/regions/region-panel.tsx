import { IconVectorBezier2 } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import type { Region } from '#shared/domain/region.ts';
import { Empty } from '../../../parts/empty.tsx';
import { plural } from '../../../parts/format.ts';
import { SortHeading } from '../../../parts/sort-heading.tsx';
import { useStudio } from '../state.ts';
import { useOpenSound } from '../view/open-sound.ts';
import { reveal, showSpan } from '../view/navigate.ts';
import { deleteRegion } from './actions.ts';
import { chooseRegion } from './change.ts';
import { RegionRow } from './region-row.tsx';
import classes from './regions.module.css';

const ROW = 26;

type Sort = 'start' | 'end' | 'tier' | 'label';
const COLUMNS: { sort: Sort | null; title: string; right?: boolean }[] = [
  { sort: 'tier', title: 'Tier' },
  { sort: 'start', title: 'Start, s', right: true },
  { sort: 'end', title: 'End, s', right: true },
  { sort: null, title: 'Hz', right: true },
  { sort: 'label', title: 'Label' },
  { sort: null, title: 'Note' },
];

export type EditedField = 'label' | 'note';

/**
 * All regions of the clip as a table: what the canvas shows, for the keyboard and for screen readers. Arrows walk, Enter names, N
 * notes, Z shows, Delete takes away, Space plays.
 */
export default function RegionPanel({ open }: { open: StudioClip }) {
  const { clip, tiers, regions } = open;
  const sound = useOpenSound(open);
  const [sort, setSort] = useState<{ by: Sort; descending: boolean }>({ by: 'start', descending: false });
  const [edited, setEdited] = useState<{ id: number; field: EditedField } | null>(null);
  const chosen = useStudio((state) => state.region);
  const frame = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => sorted(regions, tiers, sort), [regions, tiers, sort]);
  const at = rows.findIndex(({ id }) => id === chosen);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: ROW,
  });
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [virtual, at]);

  const choose = (index: number) => {
    const region = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!region) return;
    chooseRegion(region);
    reveal(sound, region.start);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== frame.current) return;
    const here = rows[at];
    const jumps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + 15,
      PageUp: at - 15,
      Home: 0,
      End: rows.length - 1,
    };
    const deeds: Record<string, (region: Region) => void> = {
      Enter: ({ id }) => setEdited({ id, field: 'label' }),
      F2: ({ id }) => setEdited({ id, field: 'label' }),
      n: ({ id }) => setEdited({ id, field: 'note' }),
      z: (region) => showSpan(sound, region),
      Delete: ({ id }) => void deleteRegion(clip.id, id),
    };
    if (event.key in jumps) choose(jumps[event.key]);
    else if (event.key in deeds && here) deeds[event.key](here);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const stopEditing = () => {
    setEdited(null);
    frame.current?.focus({ preventScroll: true });
  };

  if (regions.length === 0)
    return (
      <Empty icon={IconVectorBezier2} title="No regions yet">
        Drag over the waveform or the spectrogram and press Enter: the selection becomes a region and can be named.
      </Empty>
    );
  return (
    <div className={classes.panel}>
      <div className={classes.count} aria-live="polite">
        {plural(regions.length, 'region')} in {plural(tiers.length, 'tier')}
      </div>
      <div
        ref={frame}
        role="grid"
        aria-label="Regions"
        aria-rowcount={rows.length + 1}
        aria-colcount={COLUMNS.length}
        aria-activedescendant={at >= 0 ? `region-row-${rows[at].id}` : undefined}
        tabIndex={0}
        className={classes.grid}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={classes.header}>
          <div role="row" aria-rowindex={1} className={classes.row}>
            {COLUMNS.map(({ sort: by, title, right }) =>
              by ? (
                <SortHeading
                  key={title}
                  title={title}
                  right={right}
                  order={by !== sort.by ? null : sort.descending ? 'descending' : 'ascending'}
                  onSort={(descending) => setSort({ by, descending })}
                />
              ) : (
                <span key={title} role="columnheader" data-right={right || undefined}>
                  {title}
                </span>
              ),
            )}
          </div>
        </div>
        <div role="rowgroup" style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <RegionRow
              key={rows[index].id}
              region={rows[index]}
              index={index}
              start={start}
              tier={tiers.find(({ id }) => id === rows[index].tier)?.name ?? ''}
              chosen={rows[index].id === chosen}
              edited={edited?.id === rows[index].id ? edited.field : null}
              onChoose={() => choose(index)}
              onShow={() => showSpan(sound, rows[index])}
              onEdit={(field) => setEdited({ id: rows[index].id, field })}
              onDone={stopEditing}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function sorted(
  regions: readonly Region[],
  tiers: StudioClip['tiers'],
  { by, descending }: { by: Sort; descending: boolean },
): Region[] {
  const place = new Map(tiers.map(({ id }, index) => [id, index]));
  const orders: Record<Sort, (a: Region, b: Region) => number> = {
    start: (a, b) => a.start - b.start,
    end: (a, b) => a.end - b.end,
    tier: (a, b) => (place.get(a.tier) ?? 0) - (place.get(b.tier) ?? 0),
    label: (a, b) => a.label.localeCompare(b.label),
  };
  const sign = descending ? -1 : 1;
  return [...regions].sort((a, b) => sign * orders[by](a, b) || a.start - b.start || a.id - b.id);
}
