import { frameGeometry, type FeatureSpec } from '#shared/domain/feature-spec.ts';

/** Where frames of features lie in a clip. */
export interface FrameTimes {
  /** Seconds from frame to frame. */
  hop: number;
  /** Seconds of the middle of the first frame's window. */
  start: number;
}

/** Frames are centred on whole hops where the sound is padded, else the first window begins with it. @param rate Hz */
export function timesOf(spec: FeatureSpec, rate: number): FrameTimes {
  const { hopLength, nFft } = frameGeometry(spec);
  return { hop: hopLength / rate, start: spec.center ? 0 : nFft / 2 / rate };
}
