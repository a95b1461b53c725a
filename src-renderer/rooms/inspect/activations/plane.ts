/** Room around a chart for its axes, in its own units. */
interface Edge {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where values of two linear axes lie: the screen and the saved picture draw the same. */
export interface Plane {
  left: number;
  right: number;
  top: number;
  bottom: number;
  toX: (x: number) => number;
  toY: (y: number) => number;
  fromX: (place: number) => number;
}

/**
 * @param size of all of the chart
 * @param x what its left and its right end stand for
 * @param y what its foot and its top stand for
 */
export function planeOf(
  size: { width: number; height: number },
  edge: Edge,
  x: readonly [number, number],
  y: readonly [number, number],
): Plane {
  const { left, top } = edge;
  const right = Math.max(left, size.width - edge.right);
  const bottom = Math.max(top, size.height - edge.bottom);
  return {
    ...{ left, right, top, bottom },
    toX: (value) => left + ((value - x[0]) / (x[1] - x[0])) * (right - left),
    toY: (value) => bottom - ((value - y[0]) / (y[1] - y[0])) * (bottom - top),
    fromX: (place) => x[0] + ((place - left) / (right - left)) * (x[1] - x[0]),
  };
}
