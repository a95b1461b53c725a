import { describe, expect, test } from 'vitest';
import { moved, toMap, toScreen, wholeView, zoomed } from '#renderer/rooms/inspect/map/view.ts';

const FRAME = { width: 600, height: 400 };
const POINTS = Float32Array.of(-2, 1, 4, 3, 1, 9);

describe('the view of a map', () => {
  test('has all points in sight, both ways at one scale', () => {
    const view = wholeView(POINTS, FRAME);
    for (let at = 0; at < POINTS.length; at += 2) {
      const { x, y } = toScreen(view, FRAME, { x: POINTS[at], y: POINTS[at + 1] });
      expect(x).toBeGreaterThan(20);
      expect(x).toBeLessThan(580);
      expect(y).toBeGreaterThan(20);
      expect(y).toBeLessThan(380);
    }
    const [low, high] = [toScreen(view, FRAME, { x: 1, y: 1 }), toScreen(view, FRAME, { x: 1, y: 9 })];
    expect(high.y).toBeLessThan(low.y);
    expect(low.y - high.y).toBeCloseTo(400 - 2 * 28, 4);
  });

  test('keeps what lies under the pointer when it comes nearer, within bounds', () => {
    const whole = wholeView(POINTS, FRAME);
    const at = { x: 123, y: 321 };
    const before = toMap(whole, FRAME, at);
    const near = zoomed(whole, FRAME, at, 3, whole);
    expect(toMap(near, FRAME, at).x).toBeCloseTo(before.x, 6);
    expect(toMap(near, FRAME, at).y).toBeCloseTo(before.y, 6);
    expect(near.scale).toBeCloseTo(3 * whole.scale, 6);
    expect(zoomed(whole, FRAME, at, 1e9, whole).scale).toBeCloseTo(200 * whole.scale, 3);
    expect(zoomed(whole, FRAME, at, 1e-9, whole).scale).toBeCloseTo(whole.scale / 2, 6);
  });

  test('moves with the pointer', () => {
    const view = wholeView(POINTS, FRAME);
    const { x, y } = toScreen(moved(view, 30, -20), FRAME, { x: 0, y: 0 });
    const before = toScreen(view, FRAME, { x: 0, y: 0 });
    expect([x - before.x, y - before.y].map((value) => Math.round(value))).toEqual([30, -20]);
  });

  test('of points that are all one is not beyond measure', () => {
    const view = wholeView(Float32Array.of(5, 5, 5, 5), FRAME);
    expect(Number.isFinite(view.scale)).toBe(true);
    expect(toScreen(view, FRAME, { x: 5, y: 5 })).toEqual({ x: 300, y: 200 });
  });
});
