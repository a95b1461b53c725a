import type { Random } from '#shared/math/random.ts';

/** What stands at the frames of a made sequence, from which to before which. */
export interface Span {
  from: number;
  to: number;
  kind: 'cue' | 'distractors' | 'go';
  words: string;
}

/** A task that asks a network to carry something over a distance; sequences are made, and any number of them can be. */
export interface MadeTask {
  /** Inputs of a frame, from the first: what each is. */
  channels: readonly string[];
  /** Answers, in the order of the labels; all are equally frequent. */
  classes: readonly string[];
  /** Frames of a sequence. */
  frames(distance: number): number;
  /** What stands where. */
  spans(distance: number): Span[];
  /**
   * Writes a sequence whose answer is `label`.
   * @param out [frames, channels], zeros
   */
  write(out: Float32Array, distance: number, label: number, random: Random): void;
}
