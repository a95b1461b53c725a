import type { TestedClip } from '#shared/contract/inspect.ts';

/** Clips to lay beside one: of the same label, that the network got right where it got this one wrong, or the other way round. */
export interface Counterparts {
  /** Whether they are those that were got right. */
  right: boolean;
  /** Of the same speaker first. */
  clips: readonly TestedClip[];
}

export function counterpartsOf(clips: readonly TestedClip[], clip: TestedClip, run: number): Counterparts {
  const isRight = (one: TestedClip) => one.said.find((said) => said.run === run)?.predicted === one.truth;
  const right = !isRight(clip);
  const found = clips.filter(
    (one) => one.clip !== clip.clip && !one.missing && one.truth === clip.truth && isRight(one) === right,
  );
  const alike = (one: TestedClip) => (one.speaker !== null && one.speaker === clip.speaker ? 0 : 1);
  return { right, clips: found.toSorted((a, b) => alike(a) - alike(b)) };
}
