import { describe, expect, test } from 'vitest';
import { groupsOf } from '#renderer/rooms/inspect/map/groups.ts';
import { MOST_MARKS } from '#renderer/rooms/inspect/map/marks.ts';
import type { MapClip } from '#shared/domain/clip-map.ts';

const clip = (truth: string, predicted = truth, speaker: string | null = null): MapClip => ({
  ...{ clip: 1, file: 'a.wav', version: 'x', duration: 1, part: 'test', probability: 1 },
  ...{ truth, predicted, speaker },
});

describe('groups of a map', () => {
  test('are in the order of their names, numbers by size, each with a mark of its own', () => {
    const clips = ['10', '2', '2', '1'].map((name) => clip(name));
    const { groups, of } = groupsOf(clips, 'class', 'dark');
    expect(groups.map(({ name, count }) => [name, count])).toEqual([['1', 1], ['2', 2], ['10', 1]]); // prettier-ignore
    expect([...of]).toEqual([2, 1, 1, 0]);
  });

  test.each(['dark', 'light'] as const)('as many as can be told apart have marks that differ (%s)', (scheme) => {
    const clips = Array.from({ length: MOST_MARKS }, (_, index) => clip(`class ${index}`));
    const { groups } = groupsOf(clips, 'class', scheme);
    expect(groups).toHaveLength(56);
    expect(new Set(groups.map(({ mark: { colour, path } }) => colour + path)).size).toBe(56);
    // Neighbours in the legend differ in both.
    groups.slice(1).forEach(({ mark }, index) => {
      expect(mark.colour).not.toBe(groups[index].mark.colour);
      expect(mark.path).not.toBe(groups[index].mark.path);
    });
  });

  test('of more than that the smallest are put together', () => {
    const clips = Array.from({ length: 70 }, (_, index) =>
      Array.from({ length: index < 20 ? 1 : 2 }, () => clip(`class ${index}`)),
    ).flat();
    const { groups, of } = groupsOf(clips, 'class', 'dark');
    expect(groups).toHaveLength(56);
    expect(groups.at(-1)).toMatchObject({ name: '15 others', count: 15 });
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(clips.length);
    expect([...of].filter((group) => group === 55)).toHaveLength(15);
  });

  test('by answer and by speaker', () => {
    const clips = [clip('a', 'a', 'theo'), clip('a', 'b'), clip('b', 'b', 'theo')];
    expect(groupsOf(clips, 'outcome', 'dark').groups.map(({ name, count }) => [name, count])).toEqual([
      ['right', 2],
      ['wrong', 1],
    ]);
    expect(groupsOf(clips, 'speaker', 'dark').groups.map(({ name }) => name)).toEqual(['theo', 'unknown']);
  });
});
