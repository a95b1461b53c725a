import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { drawOver, drawPoints, radiusFor, spritesOf, type Over, type Points } from './draw.ts';
import { wholeView, type Frame, type View } from './view.ts';

type Above = Omit<Over, 'colours' | 'points'>;

const COLOURS = {
  dark: { ink: '#f3f4f8', faint: 'rgb(243 244 248 / 45%)', accent: '#a99bff', ground: '#12141b' },
  light: { ink: '#1f2430', faint: 'rgb(31 36 48 / 45%)', accent: '#5848b8', ground: '#f1f2f6' },
} as const;

const NOTHING: Above = { chosen: null, under: null, neighbours: [], lasso: [] };

/**
 * The two canvases of a map. The view is no state of React's: wheel and drag draw with the next frame of the screen and nothing else
 * happens; the lower canvas is drawn anew only when points move, groups or marks change, the upper one with the pointer too.
 */
export function usePlot(what: Points, frame: Frame, scheme: 'dark' | 'light') {
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const view = useRef<View>({ x: 0, y: 0, scale: 1 });
  const over = useRef<Above>(NOTHING);
  const whole = useMemo(() => wholeView(what.points, frame), [what.points, frame]);
  const radius = radiusFor(what.groups.of.length);
  const colours = COLOURS[scheme];
  const sprites = useMemo(() => spritesOf(what.groups, radius, colours), [what.groups, radius, colours]);
  const newest = useRef({ what, frame, sprites, radius, colours });
  const due = useRef({ request: 0, points: false });

  const draw = useCallback((points: boolean) => {
    due.current.points ||= points;
    if (due.current.request !== 0) return;
    due.current.request = requestAnimationFrame(() => {
      const now = newest.current;
      if (below.current && due.current.points)
        drawPoints(below.current, view.current, now.frame, now.what, now.sprites);
      const top = { ...over.current, points: now.what.points, colours: now.colours };
      if (above.current) drawOver(above.current, view.current, now.frame, now.radius, top);
      due.current = { request: 0, points: false };
    });
  }, []);
  const setView = useCallback(
    (next: View) => {
      view.current = next;
      draw(true);
    },
    [draw],
  );
  /** What lies over the points. */
  const show = useCallback(
    (next: Above) => {
      over.current = next;
      draw(false);
    },
    [draw],
  );

  // Another map, or another size of the window: all in sight.
  useLayoutEffect(() => {
    view.current = whole;
  }, [whole]);
  useLayoutEffect(() => {
    newest.current = { what, frame, sprites, radius, colours };
    draw(true);
  }, [draw, what, frame, sprites, radius, colours]);
  useEffect(() => {
    const pending = due;
    return () => {
      cancelAnimationFrame(pending.current.request);
      pending.current = { request: 0, points: false };
    };
  }, []);
  return { below, above, view, whole, setView, show };
}
