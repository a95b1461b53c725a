import { describe, expect, it } from 'vitest';
import { nearestZero } from '../../../src-renderer/rooms/studio/view/snap.ts';

describe('snapping to zero crossings', () => {
  it('takes the sample next to the crossing that is nearer to zero', () => {
    const samples = Float32Array.of(0.5, 0.4, 0.1, -0.3, -0.5, -0.1, 0.6);
    expect(nearestZero(samples, 100, 101)).toBe(102);
    expect(nearestZero(samples, 100, 106)).toBe(105);
  });
  it('takes a sample that is zero', () => expect(nearestZero(Float32Array.of(0.2, 0, 0.3), 0, 0)).toBe(1));
  it('finds none where there is none', () => expect(nearestZero(Float32Array.of(0.2, 0.1, 0.3), 0, 1)).toBe(null));
});
