import { NEIGHBOURS, type ClipMap, type MapQuery } from '#shared/domain/clip-map.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { Random } from '#shared/math/random.ts';
import type { MadeClip } from './clips.ts';
import { labelsOf, predict, testClips, viewOf, type MadeComparison } from './comparisons.ts';
import type { FakeState } from './state.ts';

interface MadeMap {
  view: ClipMap;
  /** As the bulk route has them. */
  rows: Float32Array;
}

/** Which comparison a run is of. */
export function runOf(state: FakeState, id: number) {
  for (const made of state.comparisons) {
    const run = viewOf(made).runs.find((one) => one.id === id);
    if (run) return { made, run };
  }
  throw new HarkError('not-found', 'This run is not in the lab.', { where: `run ${id}` });
}

/** The clips of the parts asked for: those that are not tested on are trained on, at most as many as there are tested ones. */
export function partClips(
  made: MadeComparison,
  parts: readonly string[],
): { clip: MadeClip; part: 'train' | 'test' }[] {
  const tested = testClips(made);
  const others = new Set(tested.map(({ id }) => id));
  const trained = made.dataset.clips.filter(({ id }) => !others.has(id)).slice(0, Math.max(tested.length, 600));
  return [
    ...(parts.includes('test') ? tested.map((clip) => ({ clip, part: 'test' as const })) : []),
    ...(parts.includes('train') ? trained.map((clip) => ({ clip, part: 'train' as const })) : []),
  ].filter(({ clip }) => !clip.missing);
}

/** Clips around a place for each answer, the unsure ones farther out; neighbours are those on the plane. */
export function madeMap(state: FakeState, { run: id, parts, layout }: MapQuery): MadeMap {
  const { made, run } = runOf(state, id);
  const classes = labelsOf(made.dataset);
  const clips = partClips(made, parts).map(({ clip, part }) => {
    const { label: predicted, probability } = predict(run.cell, run.seed, clip, classes)[0];
    const { id: at, file, speaker, duration, history } = clip;
    return {
      clip: at,
      file,
      version: 'unedited',
      speaker,
      duration,
      part,
      truth: history[0].label,
      predicted,
      probability,
    };
  });
  const points = clips.map(({ clip, predicted, probability }) => {
    const random = new Random(clip, run.cell, layout.method);
    const turn = (2 * Math.PI * classes.indexOf(predicted)) / classes.length;
    const far = 6 * probability;
    return [far * Math.cos(turn) + 0.6 * random.normal(), far * Math.sin(turn) + 0.6 * random.normal()] as const;
  });
  const k = Math.min(NEIGHBOURS, clips.length - 1);
  const rows = new Float32Array(clips.length * (2 + 2 * k));
  let same = 0;
  points.forEach(([x, y], place) => {
    // Of many clips only some are looked through: the made lab is to be quick.
    const step = Math.max(1, Math.floor(clips.length / 600));
    const near = [];
    for (let other = place % step; other < clips.length; other += step)
      if (other !== place) near.push({ other, distance: Math.hypot(points[other][0] - x, points[other][1] - y) });
    near.sort((a, b) => a.distance - b.distance);
    const at = place * (2 + 2 * k);
    rows.set([x, y], at);
    near.slice(0, k).forEach(({ other, distance }, rank) => {
      rows[at + 2 + rank] = other;
      rows[at + 2 + k + rank] = distance;
      if (clips[other].truth === clips[place].truth) same++;
    });
  });
  const view: ClipMap = {
    ...{ map: `${id}${layout.method}${parts.join('')}`, comparison: made.id, run: id, cell: run.cell, seed: run.seed },
    ...{ parts, layout, width: 128, clips, axes: layout.method === 'pca' ? [0.42, 0.21] : null },
    leftOut: [{ file: 'silent/unreadable_0.wav', reason: 'The file is empty.' }],
    agreement: { k, share: same / (clips.length * k), chance: 1 / classes.length, n: clips.length },
  };
  return { view, rows };
}
