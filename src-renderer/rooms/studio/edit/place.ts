import type { StudioClip } from '#shared/contract/studio.ts';
import type { SoundShape } from '#shared/domain/edit.ts';
import type { Selection } from '../state.ts';

/** Sound kept in the lab under its hash: what was copied, or a stretch of noise. */
export interface KeptSound {
  sound: string;
  /** Seconds. */
  duration: number;
  /** Hz */
  sampleRate: number;
  /** File of the clip it was taken from. */
  from: string;
}

/** What an operation is done to. */
export interface Place {
  shape: SoundShape;
  /** The part chosen, seconds; null: the whole sound. */
  span: { start: number; end: number } | null;
  /** The box chosen in time x frequency. */
  box: { start: number; end: number; fMin: number; fMax: number } | null;
  /** Where something is put in, seconds. */
  cursor: number;
  clipboard: KeptSound | null;
  profile: KeptSound | null;
}

export const shapeOfClip = ({ clip: { frames, sampleRate, channels } }: StudioClip): SoundShape => ({
  frames,
  sampleRate,
  channels,
});

/** What a selection in a sound means; it is held to the sound. @param playhead seconds: where there is no selection */
export function placeOf(
  shape: SoundShape,
  selection: Selection | null,
  playhead: number,
  kept: Pick<Place, 'clipboard' | 'profile'>,
): Place {
  const duration = shape.frames / shape.sampleRate;
  const held = (seconds: number) => Math.max(0, Math.min(seconds, duration));
  if (!selection) return { shape, span: null, box: null, cursor: held(playhead), ...kept };
  const [start, end] = [held(selection.start), held(selection.end)];
  const span = end > start ? { start, end } : null;
  const { fMin, fMax } = selection;
  const box = span && fMin !== null && fMax !== null && fMax > fMin ? { ...span, fMin, fMax } : null;
  return { shape, span, box, cursor: start, ...kept };
}
