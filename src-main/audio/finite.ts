/** Larger than any integer format's range left unscaled; what is beyond is not sound, and its square would overflow. */
const LARGEST = 2 ** 32;

/** Sets samples that are not numbers (NaN, infinite, absurdly large) to silence, in place. @returns a warning if there were any */
export function silenceNonNumbers(channels: readonly Float32Array[]): string[] {
  let wrong = 0;
  for (const samples of channels)
    for (let n = 0; n < samples.length; n++)
      if (!(Math.abs(samples[n]) <= LARGEST)) {
        samples[n] = 0;
        wrong++;
      }
  return wrong === 0 ? [] : [`${wrong} samples are not numbers (NaN or infinite); silence stands in their place.`];
}
