import { deal } from '#main/datasets/split/deal.ts';
import { groupClips, type SplitClip } from '#main/datasets/split/groups.ts';
import { Random } from '#shared/math/random.ts';

/**
 * Deals clips out to folds of about the same size and mixture of classes; identical content stays together, or a network would
 * know by heart what it is asked. Speakers are on both sides on purpose: to say whether a label fits, a network may know the
 * voice. (On FSDD, by MFCC, with speakers kept apart 48 % are named rightly instead of 97 %, and the list holds whole voices, not
 * bad takes.)
 * @returns the fold of each clip, in the order of the clips
 */
export function dealFolds(clips: readonly SplitClip[], folds: number, seed: number): Int32Array {
  const shares = new Array<number>(folds).fill(1 / folds);
  const bins = deal(groupClips(clips, true), shares, new Random(seed, 'folds'));
  const foldOf = new Map(
    bins.flatMap((groups, fold) => groups.flatMap((group) => group.clips.map(({ id }) => [id, fold]))),
  );
  return Int32Array.from(clips, ({ id }) => foldOf.get(id)!);
}

/** Clips that no network can judge: there is no other sound of their class to learn it from. */
export function alone<Clip extends SplitClip>(clips: readonly Clip[]): Set<Clip> {
  const contents = new Map<string, Set<string>>();
  for (const { label, contentHash } of clips) {
    const known = contents.get(label);
    if (known) known.add(contentHash);
    else contents.set(label, new Set([contentHash]));
  }
  return new Set(clips.filter(({ label }) => contents.get(label)!.size < 2));
}
