export type Direction = 'left' | 'right' | 'up' | 'down';

const WAYS: Record<Direction, [number, number]> = { left: [-1, 0], right: [1, 0], up: [0, 1], down: [0, -1] };

/** How much farther a point counts that lies fully to the side. */
const ASIDE = 2;

/**
 * The point one comes to from another by an arrow key: of those that lie within 45 degrees of its direction the nearest, what is to
 * the side counting as farther.
 * @param points [count, 2], y upwards
 * @returns -1: there is none
 */
export function pointTowards(
  points: Float32Array,
  from: number,
  direction: Direction,
  counts: (index: number) => boolean,
): number {
  const [dx, dy] = WAYS[direction];
  let found = -1;
  let least = Infinity;
  for (let i = 0; 2 * i < points.length; i++) {
    if (i === from || !counts(i)) continue;
    const [x, y] = [points[2 * i] - points[2 * from], points[2 * i + 1] - points[2 * from + 1]];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (ahead <= 0 || aside > ahead) continue;
    const cost = ahead + ASIDE * aside;
    if (cost < least) {
      least = cost;
      found = i;
    }
  }
  return found;
}

/** The point that lies nearest to the middle of all. */
export function middlePoint(points: Float32Array, counts: (index: number) => boolean): number {
  const count = points.length / 2;
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i++) {
    x += points[2 * i] / count;
    y += points[2 * i + 1] / count;
  }
  let found = -1;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const distance = (points[2 * i] - x) ** 2 + (points[2 * i + 1] - y) ** 2;
    if (distance < least && counts(i)) {
      least = distance;
      found = i;
    }
  }
  return found;
}

/**
 * The points that lie inside of a closed line (even-odd rule).
 * @param line corners, in the map's units; fewer than three hold nothing
 */
export function pointsWithin(
  points: Float32Array,
  line: readonly { x: number; y: number }[],
  counts: (index: number) => boolean,
): number[] {
  if (line.length < 3) return [];
  const [xs, ys] = [line.map(({ x }) => x), line.map(({ y }) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const found: number[] = [];
  for (let i = 0; 2 * i < points.length; i++) {
    const [x, y] = [points[2 * i], points[2 * i + 1]];
    if (x < left || x > right || y < low || y > high || !counts(i)) continue;
    let inside = false;
    for (let a = 0, b = line.length - 1; a < line.length; b = a++)
      if (ys[a] > y !== ys[b] > y && x < ((xs[b] - xs[a]) * (y - ys[a])) / (ys[b] - ys[a]) + xs[a]) inside = !inside;
    if (inside) found.push(i);
  }
  return found;
}
