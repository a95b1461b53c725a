import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type { usePlot } from './use-plot.ts';
import { moved, toMap, zoomed, type Frame } from './view.ts';

interface Options {
  plot: ReturnType<typeof usePlot>;
  frame: Frame;
  /** What a drag without a key does. */
  tool: 'lasso' | 'move';
  /** The point under a place of the screen, -1: none. */
  pointAt(at: Place): number;
  /** @param too beside what is marked already */
  onPress(point: number, too: boolean): void;
  /** @param line in the map's units */
  onLasso(line: Place[], too: boolean): void;
}

interface Place {
  x: number;
  y: number;
}

/** Pixels a pointer may move and still be a press. */
const STILL = 4;
/** Pixels from corner to corner of a lasso. */
const CORNER = 3;
/** Of one notch of a wheel. */
const ZOOM = 1.0015;

/** Wheel, drags and presses over a map. */
export function usePointer({ plot, frame, tool, pointAt, onPress, onLasso }: Options) {
  const { view, whole, setView } = plot;
  const [under, setUnder] = useState<number | null>(null);
  const [lasso, setLasso] = useState<readonly Place[]>([]);
  const drag = useRef<{ from: Place; last: Place; kind: 'lasso' | 'move'; far: boolean } | null>(null);
  const surface = useRef<HTMLDivElement>(null);
  const newest = useRef({ frame, whole });
  useEffect(() => {
    newest.current = { frame, whole };
  });

  // React listens to the wheel passively: the page would scroll as well.
  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      const pixels = event.deltaMode === 1 ? event.deltaY * 33 : event.deltaY;
      const { frame: size, whole: all } = newest.current;
      setView(zoomed(view.current, size, at, ZOOM ** -pixels, all));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [setView, view]);

  const placeOf = (event: PointerEvent): Place => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const end = (event: PointerEvent, taken: boolean) => {
    const ended = drag.current;
    drag.current = null;
    setLasso([]);
    if (!ended || !taken) return;
    const too = event.shiftKey || (event.ctrlKey && ended.kind === 'lasso');
    if (!ended.far) {
      const point = pointAt(ended.from);
      if (point >= 0) onPress(point, event.shiftKey || event.ctrlKey || event.metaKey);
    } else if (ended.kind === 'lasso')
      onLasso(
        lasso.map((at) => toMap(view.current, frame, at)),
        too,
      );
  };
  return {
    ...{ under, lasso, surface },
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button > 1) return;
        const from = placeOf(event);
        const moves = (tool === 'move') !== (event.altKey || event.button === 1);
        drag.current = { from, last: from, kind: moves ? 'move' : 'lasso', far: false };
        event.currentTarget.setPointerCapture(event.pointerId);
        if (!moves) setLasso([from]);
      },
      onPointerMove(event: PointerEvent) {
        const at = placeOf(event);
        const now = drag.current;
        if (!now) {
          const point = pointAt(at);
          setUnder(point < 0 ? null : point);
          return;
        }
        if (!now.far && Math.hypot(at.x - now.from.x, at.y - now.from.y) < STILL) return;
        now.far = true;
        setUnder(null);
        if (now.kind === 'move') setView(moved(view.current, at.x - now.last.x, at.y - now.last.y));
        else if (Math.hypot(at.x - now.last.x, at.y - now.last.y) < CORNER) return;
        else setLasso((line) => [...line, at]);
        now.last = at;
      },
      onPointerUp: (event: PointerEvent) => end(event, true),
      onPointerCancel: (event: PointerEvent) => end(event, false),
      onPointerLeave: () => setUnder(null),
    },
  };
}
