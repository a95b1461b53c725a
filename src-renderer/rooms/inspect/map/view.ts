/** Which part of a map is in sight: screen = (map - centre) scale + half the frame, y upwards. */
export interface View {
  x: number;
  y: number;
  /** CSS pixels for one unit of the map, the same both ways. */
  scale: number;
}

export interface Frame {
  width: number;
  height: number;
}

const MARGIN = 28;
/** How much further in than the whole. */
const DEEPEST = 200;

/** All points in sight. @param points [count, 2] */
export function wholeView(points: Float32Array, { width, height }: Frame): View {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 2) {
    left = Math.min(left, points[at]);
    right = Math.max(right, points[at]);
    low = Math.min(low, points[at + 1]);
    high = Math.max(high, points[at + 1]);
  }
  const room = (size: number) => Math.max(1, size - 2 * MARGIN);
  const scale = Math.min(room(width) / (right - left || 1e-9), room(height) / (high - low || 1e-9), 1e9);
  return { x: (left + right) / 2, y: (low + high) / 2, scale };
}

export const toScreen = ({ x, y, scale }: View, { width, height }: Frame, at: { x: number; y: number }) => ({
  x: (at.x - x) * scale + width / 2,
  y: (y - at.y) * scale + height / 2,
});

export const toMap = ({ x, y, scale }: View, { width, height }: Frame, at: { x: number; y: number }) => ({
  x: (at.x - width / 2) / scale + x,
  y: y - (at.y - height / 2) / scale,
});

/** Nearer or further; what lies at the screen's point stays there. @param whole bounds how far one can go */
export function zoomed(view: View, frame: Frame, at: { x: number; y: number }, factor: number, whole: View): View {
  const scale = Math.min(whole.scale * DEEPEST, Math.max(whole.scale / 2, view.scale * factor));
  const kept = toMap(view, frame, at);
  return {
    scale,
    x: kept.x - (at.x - frame.width / 2) / scale,
    y: kept.y + (at.y - frame.height / 2) / scale,
  };
}

/** Moved by so many pixels of the screen. */
export const moved = (view: View, right: number, down: number): View => ({
  ...view,
  x: view.x - right / view.scale,
  y: view.y + down / view.scale,
});
