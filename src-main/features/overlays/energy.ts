import { frameByFrame, frameLength, type PlanOverlay } from './overlay.ts';

/** dBFS; digital silence has no level. */
const LEAST = -120;

/** Root mean square of each frame in dB; 0: full scale, so that a full-scale sine has -3.01. */
export const planEnergy: PlanOverlay = (sampleRate) => {
  const window = frameLength(sampleRate);
  return {
    ...{ window, values: 1, unit: 'dBFS', context: 0 },
    words: `root mean square of 25 ms, at least ${LEAST} dBFS`.replace('-', '−'),
    track: frameByFrame(window, 1, (samples, out) => {
      out[0] = Math.max(LEAST, 10 * Math.log10(meanSquare(samples)));
    }),
  };
};

export function meanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length;
}
