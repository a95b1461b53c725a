import type { SoundPool } from '#main/audio/sound-pool.ts';
import { planPicture, type PictureOptions, type SpectrogramPicture } from './picture.ts';

/**
 * `spectrogramPicture` on a thread of the pool, for those who must not be held up. The samples are copied once: the next tile
 * of the same array, an hour long perhaps, costs nothing.
 * @throws HarkError as `spectrogramPicture`
 */
export async function drawSpectrogram(
  pool: SoundPool,
  samples: Float32Array,
  sampleRate: number,
  options: Partial<PictureOptions> = {},
): Promise<SpectrogramPicture> {
  const { drawing, ...facts } = planPicture(samples, sampleRate, options);
  drawing.samples = sharedCopy(samples);
  return { ...facts, pixels: await pool.run<SpectrogramPicture['pixels']>({ task: 'picture', drawing }) };
}

/** Samples that more pictures may be asked of, where all threads see them. */
const shared = new WeakMap<Float32Array, Float32Array>();

function sharedCopy(samples: Float32Array): Float32Array {
  if (samples.buffer instanceof SharedArrayBuffer) return samples;
  let copy = shared.get(samples);
  if (!copy) {
    copy = new Float32Array(new SharedArrayBuffer(samples.byteLength));
    copy.set(samples);
    shared.set(samples, copy);
  }
  return copy;
}
