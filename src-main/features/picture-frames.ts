/** Keeps a frame's place, where it is a whole number, from being rounded to the sample before. */
const NUDGE = 1e-6;

/** The sample on which a frame of a picture's column is centred; of what `PicturePlan` says of them. */
export const frameCentre = (
  { start, step, frames }: { start: number; step: number; frames: number },
  column: number,
  frame: number,
): number => Math.floor(start + (column + (frame + 0.5) / frames) * step + NUDGE);
