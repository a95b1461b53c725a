import { readMixed } from '#main/audio/signal/mixed.ts';
import { shapeOf, type Signal } from '#main/audio/signal/signal.ts';
import type { SoundTask } from '#main/audio/sound-pool.ts';
import { draw, planPicture, type PictureOptions, type PicturePlan, type SpectrogramPicture } from './picture.ts';
import { strips, withSamples } from './picture-samples.ts';

/** A picture wanted of a thread. */
export interface PictureWanted {
  plan: PicturePlan;
  signal: Signal;
  /** From 0; null: the mix of all. */
  channel: number | null;
}

/** Runs a task on a thread. */
export type RunTask = <Result>(task: SoundTask, stop?: AbortSignal) => Promise<Result>;

/**
 * `spectrogramPicture` of a signal on a thread, for those who must not be held up: what the picture needs of the sound is read
 * there.
 * @throws HarkError as `spectrogramPicture`; cancelled
 */
export async function drawSpectrogram(
  run: RunTask,
  signal: Signal,
  { channel = null, ...options }: Partial<PictureOptions> & { channel?: number | null } = {},
  stop?: AbortSignal,
): Promise<SpectrogramPicture> {
  const { plan, ...facts } = planPicture(shapeOf(signal), options);
  const picture: PictureWanted = { plan, signal, channel };
  return { ...facts, pixels: await run<SpectrogramPicture['pixels']>({ task: 'picture', picture }, stop) };
}

/** On the thread. */
export function drawWanted({ plan, signal, channel }: PictureWanted): SpectrogramPicture['pixels'] {
  const bytes = plan.colours ? 4 : 1;
  const pixels = new Uint8Array(bytes * plan.width * plan.height);
  for (const { column, strip } of strips(plan)) {
    const drawn = draw(withSamples(strip, signal.frames, (from, out) => readMixed(signal, channel, from, out)));
    const row = bytes * strip.width;
    for (let y = 0; y < plan.height; y++)
      pixels.set(drawn.subarray(y * row, (y + 1) * row), bytes * (y * plan.width + column));
  }
  return pixels;
}
