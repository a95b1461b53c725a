import type { MapClip } from '#shared/domain/clip-map.ts';
import { player } from '../../../parts/player.ts';

/** Plays a clip from its start. */
export function hear({ clip, version, duration }: Pick<MapClip, 'clip' | 'version' | 'duration'>): void {
  player.load(clip, duration, { v: version });
  void player.playFrom(0);
}
