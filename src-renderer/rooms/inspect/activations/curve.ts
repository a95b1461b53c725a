import { RANGE } from './state.ts';

const POINTS = 240;

/** A function over the axis of x as the path of an SVG. */
export function curvePath(of: (x: number) => number, toX: (x: number) => number, toY: (y: number) => number): string {
  const points = Array.from({ length: POINTS + 1 }, (_, index) => {
    const x = RANGE.min + ((RANGE.max - RANGE.min) * index) / POINTS;
    return `${toX(x).toFixed(1)},${toY(of(x)).toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
