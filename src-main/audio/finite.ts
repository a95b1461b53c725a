/** Larger than any integer format's range left unscaled; what is beyond is not sound, and its square would overflow. */
const LARGEST = 2 ** 32;

/** Sets samples that are not numbers (NaN, infinite, absurdly large) to silence, in place. @returns how many there were */
export function silence(samples: Float32Array): number {
  let wrong = 0;
  for (let n = 0; n < samples.length; n++)
    if (!(Math.abs(samples[n]) <= LARGEST)) {
      samples[n] = 0;
      wrong++;
    }
  return wrong;
}

/** What is said of them. */
export const silencedWarning = (wrong: number): string[] =>
  wrong === 0 ? [] : [`${wrong} samples are not numbers (NaN or infinite); silence stands in their place.`];

/** The same in all channels. @returns a warning if there were any */
export const silenceNonNumbers = (channels: readonly Float32Array[]): string[] =>
  silencedWarning(channels.reduce((sum, samples) => sum + silence(samples), 0));
