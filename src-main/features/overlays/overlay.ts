/**
 * One kind of overlay at one sampling rate. Windows are read around the frames' centres, so that an hour looked at as a whole costs
 * no more than a second looked at closely.
 */
export interface OverlayPlan {
  /** Samples of one window; its middle is the frame's centre. */
  window: number;
  /** Values of a frame, and what they are in. */
  values: number;
  unit: string;
  /** How they are computed, for people. */
  words: string;
  /** Frames on either side that have a say in a frame's values. */
  context: number;
  /**
   * @param windows [frames, window] @param hop seconds from frame to frame
   * @returns [frames, values]; NaN where there is none
   */
  track(windows: Float32Array, hop: number): Float32Array<ArrayBuffer>;
}

/** @param sampleRate Hz */
export type PlanOverlay = (sampleRate: number) => OverlayPlan;

/** Seconds of sound that a frame tells of. */
export const FRAME = 0.025;
/** That, in samples. */
export const frameLength = (sampleRate: number): number => Math.max(2, Math.round(FRAME * sampleRate));

/** A `track` that takes each frame by itself: `one` writes the values of one window. */
export const frameByFrame =
  (window: number, values: number, one: (samples: Float32Array, out: Float32Array) => void): OverlayPlan['track'] =>
  (windows) => {
    const frames = windows.length / window;
    const out = new Float32Array(frames * values);
    for (let frame = 0; frame < frames; frame++)
      one(windows.subarray(frame * window, (frame + 1) * window), out.subarray(frame * values, (frame + 1) * values));
    return out;
  };
