import { atRate } from './at-rate.ts';
import { meanSquare } from './energy.ts';
import { frameLength, type PlanOverlay } from './overlay.ts';
import { pathThrough } from './pitch-path.ts';
import { Yin } from './yin.ts';

/** Hz: voices, and the middle of most instruments. */
const F_MIN = 60;
const F_MAX = 600;
/** Hz: enough to tell the period of 600 Hz to 2 cents, and no more, for each further sample costs. */
const RATE = 16_000;
/** dBFS: what lies below is taken for the noise of the room. */
const LEAST_LEVEL = -70;

/** Fundamental frequency in Hz; NaN where there is none. */
export const planF0: PlanOverlay = (sampleRate) => {
  const fMax = Math.min(F_MAX, sampleRate / 4);
  const yin = new Yin({ sampleRate: RATE, fMin: F_MIN, fMax, span: frameLength(RATE) });
  const { window, narrow } = atRate(sampleRate, RATE, yin.window);
  const least = 10 ** (LEAST_LEVEL / 10);
  return {
    ...{ window, values: 1, unit: 'Hz', context: 16 },
    words: `pYIN, ${F_MIN} to ${fMax} Hz, 25 ms frames, at least ${LEAST_LEVEL} dBFS`.replace('-', '−'),
    track(windows, hop) {
      const candidates = Array.from({ length: windows.length / window }, (_, frame) => {
        const samples = windows.subarray(frame * window, (frame + 1) * window);
        return meanSquare(samples) < least ? [] : yin.candidates(narrow(samples));
      });
      return pathThrough(candidates, hop);
    },
  };
};
