import type { KeyboardEvent } from 'react';
import { actionsFor } from '../../../app/bindings.ts';
import { chordOf } from '../../../app/keys.ts';
import { isOffered, runAction } from '../../../app/use-action.ts';
import { clearMarks, markClips, toggleMark } from '../../../parts/marks.ts';
import { middlePoint, pointTowards, type Direction } from './choose.ts';
import { hear } from './hear.ts';
import { ZOOM_STEP } from './plot-tools.tsx';
import type { LaidOut } from './use-map.ts';
import type { usePlot } from './use-plot.ts';
import { moved, toScreen, zoomed, type Frame } from './view.ts';

interface Options {
  plot: ReturnType<typeof usePlot>;
  frame: Frame;
  laidOut: LaidOut;
  chosen: number | null;
  /** Whether a point is one of those asked for. */
  counts(place: number): boolean;
  dataset: number;
  onChoose(place: number | null): void;
}

const ARROWS: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
/** Pixels from the edge within which a point that was come to is brought back into sight. */
const EDGE = 24;

/** The map by the keyboard alone. @returns what is done with a key */
export function useMapKeys({ plot, frame, laidOut, chosen, counts, dataset, onChoose }: Options) {
  const { view: map, points } = laidOut;

  /** So that it is in sight. */
  function bringIn(place: number): void {
    const view = plot.view.current;
    const { x, y } = toScreen(view, frame, { x: points[2 * place], y: points[2 * place + 1] });
    const beyond = (at: number, size: number) => Math.min(0, at - EDGE) + Math.max(0, at - (size - EDGE));
    const [right, down] = [beyond(x, frame.width), beyond(y, frame.height)];
    if (right !== 0 || down !== 0) plot.setView(moved(view, -right, -down));
  }
  function goTo(direction: Direction, marking: boolean): void {
    const next = chosen === null ? middlePoint(points, counts) : pointTowards(points, chosen, direction, counts);
    if (next < 0) return;
    if (marking)
      markClips(
        dataset,
        [chosen, next].flatMap((place) => (place === null ? [] : map.clips[place].clip)),
        true,
      );
    onChoose(next);
    bringIn(next);
  }
  const zoom = (factor: number) => {
    const at =
      chosen === null
        ? { x: frame.width / 2, y: frame.height / 2 }
        : toScreen(plot.view.current, frame, { x: points[2 * chosen], y: points[2 * chosen + 1] });
    plot.setView(zoomed(plot.view.current, frame, at, factor, plot.whole));
  };
  const keys: Record<string, () => void> = {
    Enter: () => chosen !== null && hear(map.clips[chosen]),
    ' ': () => chosen !== null && toggleMark(dataset, map.clips[chosen].clip),
    Escape: () => {
      clearMarks();
      onChoose(null);
    },
    '+': () => zoom(ZOOM_STEP),
    '=': () => zoom(ZOOM_STEP),
    '-': () => zoom(1 / ZOOM_STEP),
    '0': () => plot.setView(plot.whole),
  };

  return (event: KeyboardEvent): void => {
    const command = event.ctrlKey || event.altKey || event.metaKey;
    // A map keeps arrows and Space to itself: what means another action is handed on.
    const action = actionsFor(chordOf(event.nativeEvent) ?? '', 'inspect').find(isOffered);
    if (!command && event.key in ARROWS) goTo(ARROWS[event.key], event.shiftKey);
    else if (!command && event.key in keys) keys[event.key]();
    else if (action) runAction(action);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
