import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { ComparisonSummary, ComparisonView } from '#shared/domain/comparison.ts';
import type { MapLayout, MapQuery } from '#shared/domain/clip-map.ts';
import { chooseClip, chooseDataset, useSelection } from '../../../app/selection.ts';
import { Failure } from '../../../parts/failure.tsx';
import { Panels } from '../../../parts/panels.tsx';
import { player } from '../../../parts/player.ts';
import { useHabits } from '../state.ts';
import type { Walked } from '../use-walk.ts';
import { WalkProgress } from '../walk-progress.tsx';
import { groupsOf } from './groups.ts';
import { Legend } from './legend.tsx';
import { MapBar } from './map-bar.tsx';
import { MapFacts } from './map-facts.tsx';
import { MarkedBar } from './marked-bar.tsx';
import { Scatter } from './scatter.tsx';
import { ChosenClip } from './chosen-clip.tsx';
import { useMapHabits, useMapState } from './state.ts';
import { useMap, type LaidOut } from './use-map.ts';
import classes from './map.module.css';

interface Props {
  comparison: ComparisonView;
  /** All comparisons, to choose from. */
  list: readonly ComparisonSummary[];
}

/** The map of one network of a comparison. */
export function ComparisonMap({ comparison, list }: Props) {
  const tested = comparison.runs.filter(({ result }) => result !== null);
  const habit = useHabits((state) => state.cell);
  const seed = useMapState((state) => state.seed) ?? tested[0]?.seed;
  const ofSeed = tested.filter((run) => run.seed === seed);
  const run = ofSeed.find(({ cell }) => cell === habit) ?? ofSeed[0] ?? tested[0];
  const { method, nNeighbors, minDist, seed: mapSeed, parts } = useMapHabits();
  const layout: MapLayout = method === 'pca' ? { method } : { method, nNeighbors, minDist, seed: mapSeed };
  const query: MapQuery = { run: run.id, parts: [...parts], layout };
  const map = useMap(query);
  const { id: dataset } = comparison.dataset;
  useEffect(() => void chooseDataset(dataset), [dataset]);
  useEffect(() => () => player.unload(), []);
  return (
    <div className={classes.page}>
      <MapBar comparison={comparison} list={list} tested={tested} run={run} laidOut={map.data} />
      {!map.data && <WalkProgress walk={map} name="Map" />}
      {map.error !== null && (
        <Failure error={map.error} title="The map cannot be made" onRetry={map.error ? map.retry : undefined} />
      )}
      {map.data && map.error === null && <Laid comparison={comparison} laidOut={map.data} walk={map} />}
    </div>
  );
}

interface LaidProps {
  comparison: ComparisonView;
  laidOut: LaidOut;
  /** Whether another is on its way. */
  walk: Walked<LaidOut>;
}

function Laid({ comparison, laidOut, walk }: LaidProps) {
  const colourBy = useMapHabits((state) => state.colourBy);
  const scheme = useComputedColorScheme('dark');
  const { view } = laidOut;
  const groups = useMemo(() => groupsOf(view.clips, colourBy, scheme), [view.clips, colourBy, scheme]);
  // Which groups are asked for belongs to what they are groups of.
  const [asked, setAsked] = useState<{ by: string; groups: ReadonlySet<number> }>({ by: colourBy, groups: new Set() });
  const wanted = asked.by === colourBy ? asked.groups : new Set<number>();
  const shown = wanted.size > 0 ? wanted : null;
  const clip = useSelection((state) => state.clip);
  const places = useMemo(() => new Map(view.clips.map((one, place) => [one.clip, place])), [view.clips]);
  const chosen = clip === null ? null : (places.get(clip) ?? null);
  const { id: dataset } = comparison.dataset;
  return (
    <Panels
      name="inspect.map"
      sized="second"
      initial={340}
      min={260}
      rest={520}
      first={
        <div className={classes.main}>
          <MapFacts view={view} />
          <div className={classes.plot} aria-busy={walk.stale} data-stale={walk.stale || undefined}>
            <Scatter
              {...{ laidOut, groups, shown, chosen, dataset, places }}
              onChoose={(place) => chooseClip(place === null ? null : view.clips[place].clip)}
            />
            {walk.stale && (
              <div className={classes.underWay}>
                <WalkProgress walk={walk} name="Map" />
              </div>
            )}
            <Legend
              groups={groups.groups}
              by={colourBy}
              wanted={wanted}
              onWanted={(next) => setAsked({ by: colourBy, groups: next })}
            />
          </div>
          <MarkedBar dataset={dataset} places={places} />
        </div>
      }
      second={
        <ChosenClip
          comparison={comparison}
          laidOut={laidOut}
          place={chosen}
          onChoose={(place) => chooseClip(view.clips[place].clip)}
        />
      }
    />
  );
}
