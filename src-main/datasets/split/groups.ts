import type { Part } from '#shared/domain/split.ts';

/** What a split looks at in a clip. */
export interface SplitClip {
  id: number;
  label: string;
  speaker: string | null;
  source: string | null;
  contentHash: string;
  official: Part | null;
  /** Which fold of the dataset's own it is in. */
  fold: string | null;
}

/** Clips that stay together. */
export interface Group {
  clips: SplitClip[];
  /** Clips by class. */
  classes: Map<string, number>;
}

/** Who or what a clip's sound comes from: its speaker, else the file it was cut from; null where neither is known. */
export function ownerOf(clip: SplitClip): string | null {
  if (clip.speaker !== null) return `speaker ${clip.speaker}`;
  return clip.source === null ? null : `source ${clip.source}`;
}

/**
 * The groups that must not be torn, in the order of their first clips: identical content always, and unless `apart` all
 * clips of one owner. Ties carry on: two speakers who share a recording are one group.
 */
export function groupClips(clips: readonly SplitClip[], apart = false): Group[] {
  const parent = clips.map((_, index) => index);
  const find = (index: number): number => {
    while (parent[index] !== index) index = parent[index] = parent[parent[index]];
    return index;
  };
  const firstWith = new Map<string, number>();
  clips.forEach((clip, index) => {
    const owner = apart ? null : ownerOf(clip);
    for (const tie of owner === null ? [clip.contentHash] : [clip.contentHash, owner]) {
      const first = firstWith.get(tie);
      if (first === undefined) firstWith.set(tie, index);
      else {
        const [a, b] = [find(first), find(index)];
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  });
  const groups = new Map<number, Group>();
  clips.forEach((clip, index) => {
    const root = find(index);
    let group = groups.get(root);
    if (!group) groups.set(root, (group = { clips: [], classes: new Map() }));
    group.clips.push(clip);
    group.classes.set(clip.label, (group.classes.get(clip.label) ?? 0) + 1);
  });
  return [...groups.values()];
}
