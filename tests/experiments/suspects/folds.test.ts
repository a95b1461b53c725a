import { describe, expect, it } from 'vitest';
import { alone, dealFolds } from '#main/experiments/suspects/folds.ts';
import type { SplitClip } from '#main/datasets/split/groups.ts';

const clip = (id: number, label: string, more: Partial<SplitClip> = {}): SplitClip => ({
  ...{ id, label, speaker: null, source: null, contentHash: `h${id}`, official: null, fold: null },
  ...more,
});

describe('folds', () => {
  const clips = Array.from({ length: 200 }, (_, id) => clip(id, 'abcd'[id % 4], { speaker: `s${id % 3}` }));

  it('gives each fold its share of every class', () => {
    const folds = dealFolds(clips, 5, 1);
    for (const label of 'abcd')
      for (let fold = 0; fold < 5; fold++)
        expect(clips.filter((each, index) => each.label === label && folds[index] === fold)).toHaveLength(10);
  });

  it('has every speaker on both sides', () => {
    const folds = dealFolds(clips, 5, 1);
    for (let fold = 0; fold < 5; fold++)
      expect(new Set(clips.filter((_, index) => folds[index] === fold).map(({ speaker }) => speaker)).size).toBe(3);
  });

  it('keeps identical content together, and is dealt anew by another seed', () => {
    const doubled = [...clips, ...clips.map((each) => ({ ...each, id: each.id + 1000 }))];
    const folds = dealFolds(doubled, 5, 1);
    clips.forEach((_, index) => expect(folds[index + 200]).toBe(folds[index]));
    expect(dealFolds(clips, 5, 1)).toEqual(dealFolds(clips, 5, 1));
    expect(dealFolds(clips, 5, 2)).not.toEqual(dealFolds(clips, 5, 1));
  });

  it('knows clips that no network could judge', () => {
    const some = [
      clip(1, 'a'),
      clip(2, 'a'),
      clip(3, 'b'),
      clip(4, 'c', { contentHash: 'x' }),
      clip(5, 'c', { contentHash: 'x' }),
    ];
    expect([...alone(some)].map(({ id }) => id)).toEqual([3, 4, 5]);
  });
});
