import { frameByFrame, frameLength, type PlanOverlay } from './overlay.ts';

/** How often a second the sound changes its sign: twice its frequency for a tone. Zero counts as positive. */
export const planZeroCrossings: PlanOverlay = (sampleRate) => {
  const window = frameLength(sampleRate);
  return {
    ...{ window, values: 1, unit: '1/s', context: 0 },
    words: 'changes of sign in 25 ms',
    track: frameByFrame(window, 1, (samples, out) => {
      let crossings = 0;
      for (let n = 1; n < window; n++) if (samples[n] < 0 !== samples[n - 1] < 0) crossings++;
      out[0] = (crossings * sampleRate) / (window - 1);
    }),
  };
};
