import { useComputedColorScheme, VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { markClips, toggleMark, useMarked } from '../../../parts/marks.ts';
import { useSize } from '../../../parts/sound/use-size.ts';
import { pointsWithin } from './choose.ts';
import type { Groups } from './groups.ts';
import { mapWords } from './map-facts.tsx';
import { PlotTools } from './plot-tools.tsx';
import { PointGrid } from './point-grid.ts';
import { AxisNames, PointWords, pointInWords } from './point-words.tsx';
import { useMapHabits } from './state.ts';
import { useHover } from './use-hover.ts';
import { neighboursOf, type LaidOut } from './use-map.ts';
import { useMapKeys } from './use-map-keys.ts';
import { usePlot } from './use-plot.ts';
import { usePointer } from './use-pointer.ts';
import { toMap } from './view.ts';
import classes from './map.module.css';

interface Props {
  laidOut: LaidOut;
  groups: Groups;
  /** Groups that are asked for; null: all. */
  shown: ReadonlySet<number> | null;
  /** Place in the map's list. */
  chosen: number | null;
  onChoose(place: number | null): void;
  dataset: number;
  /** Of the clips in the list. */
  places: ReadonlyMap<number, number>;
}

/** Pixels within which the pointer finds a point. */
const REACH = 10;

/** The clips as points: to be heard under the pointer, chosen, marked by the drag, and gone through by the keyboard. */
export function Scatter({ laidOut, groups, shown, chosen, onChoose, dataset, places }: Props) {
  const { view: map, points } = laidOut;
  const { ref, width, height } = useSize<HTMLDivElement>();
  const scheme = useComputedColorScheme('dark');
  const tool = useMapHabits((state) => state.tool);
  const marked = useMarked(dataset);
  const grid = useMemo(() => new PointGrid(points), [points]);
  const frame = useMemo(() => ({ width, height }), [width, height]);
  const markedHere = useMemo(() => [...marked].flatMap((clip) => places.get(clip) ?? []), [marked, places]);
  const what = useMemo(() => ({ points, groups, shown, marked: markedHere }), [points, groups, shown, markedHere]);
  const counts = (place: number) => shown === null || shown.has(groups.of[place]);
  const plot = usePlot(what, frame, scheme);
  const mark = (place: number) => toggleMark(dataset, map.clips[place].clip);

  const { under, lasso, surface, handlers } = usePointer({
    ...{ plot, frame, tool },
    pointAt(at) {
      const { x, y } = toMap(plot.view.current, frame, at);
      return grid.nearest(x, y, REACH / plot.view.current.scale, counts);
    },
    onPress: (place, too) => (too ? mark(place) : onChoose(place)),
    onLasso(line, too) {
      const clips = pointsWithin(points, line, counts).map((place) => map.clips[place].clip);
      markClips(dataset, clips, too);
    },
  });
  useHover(under === null ? null : map.clips[under]);
  const onKeyDown = useMapKeys({ plot, frame, laidOut, chosen, counts, dataset, onChoose });

  const { show } = plot;
  useEffect(() => {
    const neighbours = chosen === null ? [] : neighboursOf(laidOut, chosen).map(({ place }) => place);
    show({ chosen, under, neighbours, lasso });
  }, [show, chosen, under, laidOut, lasso]);

  const ratio = devicePixelRatio;
  const size = { width: Math.round(width * ratio), height: Math.round(height * ratio), style: { width, height } };
  return (
    <div className={classes.scatter}>
      <PlotTools plot={plot} frame={frame} />
      <div
        ref={surface}
        className={classes.surface}
        data-tool={tool}
        data-point={under !== null || undefined}
        role="application"
        aria-label={`Map: ${mapWords(map)}`}
        aria-roledescription="map of clips"
        aria-describedby="map-keys"
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <div ref={ref} className={classes.canvases}>
          <canvas ref={plot.below} {...size} aria-hidden />
          <canvas ref={plot.above} {...size} aria-hidden />
        </div>
        <AxisNames view={map} />
        {under !== null && <PointWords laidOut={laidOut} place={under} view={plot.view.current} frame={frame} />}
      </div>
      <VisuallyHidden component="p" id="map-keys">
        Arrow keys go from point to point, Enter plays, Space marks and unmarks, Shift with an arrow marks on the way,
        Escape takes marks and choice away, plus and minus zoom, 0 shows all.
      </VisuallyHidden>
      <VisuallyHidden component="p" aria-live="polite">
        {chosen !== null && pointInWords(laidOut, chosen, marked)}
      </VisuallyHidden>
    </div>
  );
}
