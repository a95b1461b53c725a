import type { Signal } from '#main/audio/signal/signal.ts';
import type { RunTask } from '#main/features/draw.ts';
import type { OverlayOptions, OverlayTrack } from './track.ts';

/** An overlay wanted of a thread. */
export interface OverlayTask {
  signal: Signal;
  options: OverlayOptions;
}

/** `trackOverlay` on a thread, for those who must not be held up. @throws HarkError as `trackOverlay`; cancelled */
export const trackOnThread = (
  run: RunTask,
  signal: Signal,
  options: OverlayOptions,
  stop?: AbortSignal,
): Promise<OverlayTrack> =>
  run<OverlayTrack>({ task: 'overlay', overlay: { signal, options } satisfies OverlayTask }, stop);
