import type { Signal } from '#main/audio/signal/signal.ts';
import type { SoundPool } from '#main/audio/sound-pool.ts';
import type { OverlayOptions, OverlayTrack } from './track.ts';

/** What a thread is asked. */
export interface OverlayTask {
  signal: Signal;
  options: OverlayOptions;
}

/** `trackOverlay` on a thread of the pool, for those who must not be held up. @throws HarkError as `trackOverlay` */
export const trackOnThread = (pool: SoundPool, signal: Signal, options: OverlayOptions): Promise<OverlayTrack> =>
  pool.run<OverlayTrack>({ task: 'overlay', overlay: { signal, options } satisfies OverlayTask });
