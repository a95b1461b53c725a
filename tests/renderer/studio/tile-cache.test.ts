import { describe, expect, it, vi } from 'vitest';
import { TileCache } from '../../../src-renderer/rooms/studio/view/tile-cache.ts';

interface Tile {
  start: number;
  end: number;
  made: string;
}
type Place = { level: number; index: number };

/** A cache whose tiles are one second long at level 0, and the calls it has made, each to be answered by hand. */
function setUp({ most = 100, parallel = 2 } = {}) {
  const calls: { place: Place; signal: AbortSignal; answer(): void; fail(error: Error): void }[] = [];
  const load = (made: string) => (place: Place, signal: AbortSignal) =>
    new Promise<Tile>((resolve, reject) => {
      const length = 2 ** place.level;
      const tile = { start: place.index * length, end: (place.index + 1) * length, made };
      calls.push({ place, signal, answer: () => resolve(tile), fail: reject });
    });
  const redraw = vi.fn();
  const cache = new TileCache<Tile>('a', load('a'), redraw, { most, parallel, rest: 0 });
  return { cache, calls, load, redraw };
}
const places = (level: number, ...indices: number[]) => indices.map((index) => ({ level, index }));
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the cache of tiles', () => {
  it('fetches what is wanted, so many at once, and no tile twice', async () => {
    const { cache, calls, redraw } = setUp();
    cache.want(places(0, 0, 1, 2));
    cache.want(places(0, 0, 1, 2));
    await settle();
    expect(calls.map(({ place }) => place.index)).toEqual([0, 1]);
    calls[0].answer();
    await settle();
    expect(calls.map(({ place }) => place.index)).toEqual([0, 1, 2]);
    expect(redraw).toHaveBeenCalledTimes(1);
    expect(cache.pictures({ start: 0, end: 1 }, 0)).toHaveLength(1);
    expect(cache.busy).toBe(true);
  });

  it('stops what has left the sight', async () => {
    const { cache, calls } = setUp();
    cache.want(places(0, 0, 1));
    await settle();
    cache.want(places(0, 1, 2));
    await settle();
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, false, false]);
    calls[0].answer();
    await settle();
    expect(cache.pictures({ start: 0, end: 1 }, 0)).toEqual([]);
  });

  it('shows other levels, coarse before fine, until the wanted one is there', async () => {
    const { cache, calls } = setUp({ parallel: 9 });
    cache.want([...places(2, 0), ...places(-1, 0, 1)]);
    await settle();
    calls.forEach(({ answer }) => answer());
    await settle();
    const view = { start: 0, end: 1 };
    expect(cache.pictures(view, 0).map(({ end, start }) => end - start)).toEqual([4, 0.5, 0.5]);
    cache.want(places(0, 0));
    await settle();
    calls.at(-1)!.answer();
    await settle();
    expect(cache.pictures(view, 0).map(({ end, start }) => end - start)).toEqual([1]);
  });

  it('leaves out what would not be seen: coarser than a level that covers the view, and far finer', async () => {
    const { cache, calls } = setUp({ parallel: 99 });
    cache.want([...places(3, 0), ...places(1, 0), ...places(-4, 0, 1, 2)]);
    await settle();
    calls.forEach(({ answer }) => answer());
    await settle();
    expect(cache.pictures({ start: 0, end: 1 }, 0).map(({ end, start }) => end - start)).toEqual([2]);
    expect(cache.pictures({ start: 0, end: 3 }, 0).map(({ end, start }) => end - start)).toEqual([8, 2]);
  });

  it('keeps the pictures of former settings until those of the new are there', async () => {
    const { cache, calls, load } = setUp();
    cache.want(places(0, 0));
    await settle();
    calls[0].answer();
    await settle();
    cache.become('b', load('b'));
    cache.want(places(0, 0));
    expect(cache.pictures({ start: 0, end: 1 }, 0).map(({ made }) => made)).toEqual(['a']);
    await settle();
    calls[1].answer();
    await settle();
    expect(cache.pictures({ start: 0, end: 1 }, 0).map(({ made }) => made)).toEqual(['b']);
  });

  it('forgets those seen longest ago', async () => {
    const { cache, calls } = setUp({ most: 2, parallel: 9 });
    for (const index of [0, 1, 2]) {
      cache.want(places(0, index));
      await settle();
      calls.at(-1)!.answer();
      await settle();
    }
    expect(cache.pictures({ start: 0, end: 3 }, 0).map(({ start }) => start)).toEqual([1, 2]);
  });

  it('tells why a wanted tile is missing, and asks again when told to', async () => {
    const { cache, calls } = setUp();
    cache.want(places(0, 0));
    await settle();
    calls[0].fail(new Error('no such file'));
    await settle();
    expect(cache.error).toEqual(new Error('no such file'));
    expect(cache.busy).toBe(false);
    cache.retry();
    await settle();
    expect(calls).toHaveLength(2);
    expect(cache.error).toBe(null);
  });
});
