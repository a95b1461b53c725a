import { player } from '../../../parts/player.ts';

/** Plays a clip from its start. */
export function hear({ clip, duration }: { clip: number; duration: number }): void {
  player.load(clip, duration);
  void player.playFrom(0);
}
