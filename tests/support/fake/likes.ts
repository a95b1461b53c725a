import { MOST_MOMENTS, type LikesQuery, type UnitLikes } from '#shared/domain/likes.ts';
import { Random } from '#shared/math/random.ts';
import { labelsOf } from './comparisons.ts';
import { partClips, runOf } from './maps.ts';
import type { FakeState } from './state.ts';

/** A unit that answers to the class of its number. */
export function madeLikes(state: FakeState, query: LikesQuery): UnitLikes {
  const { made, run } = runOf(state, query.run);
  const classes = labelsOf(made.dataset);
  const liked = classes[query.unit % classes.length];
  const moments = partClips(made, query.parts).map(({ clip: { id: clip, file, speaker, duration, history } }) => {
    const random = new Random(clip, query.signal, query.unit);
    const truth = history[0].label;
    const value = (truth === liked ? 0.8 : 0.4) + 0.15 * random.uniform();
    return { clip, file, version: 'unedited', speaker, truth, duration, value, time: duration * random.uniform() };
  });
  const means = classes
    .map((label) => {
      const own = moments.filter(({ truth }) => truth === label);
      return { label, mean: own.reduce((sum, { value }) => sum + value, 0) / (own.length || 1), n: own.length };
    })
    .sort((a, b) => b.mean - a.mean);
  const [first, ...others] = means.map(({ mean }) => mean);
  const rest = others.reduce((sum, mean) => sum + mean, 0) / others.length;
  return {
    ...{ ...query, cell: run.cell, seed: run.seed, units: 128, clips: moments.length, leftOut: [], classes: means },
    moments: moments.toSorted((a, b) => b.value - a.value).slice(0, MOST_MOMENTS),
    selectivity: (first - rest) / (first + rest),
  };
}
