import { expect, it } from 'vitest';
import { clipsPerMinute } from '../../../src-renderer/rooms/studio/queue/pace.ts';

it('counts clips a minute over the last ones, pauses left out', () => {
  expect(clipsPerMinute([])).toBeNull();
  expect(clipsPerMinute([1000])).toBeNull();
  expect(clipsPerMinute([0, 2000, 4000])).toBe(30);
  expect(clipsPerMinute([0, 2000, 500_000, 502_000])).toBe(30);
  const long = Array.from({ length: 100 }, (_, index) => (index < 60 ? index * 10_000 : 590_000 + (index - 59) * 1000));
  expect(clipsPerMinute(long)).toBe(60);
});
