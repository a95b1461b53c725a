/** Larger than any integer format's range left unscaled; what is beyond is not sound, and its square would overflow. */
const LARGEST = 2 ** 32;

/** Sets samples that are not numbers (NaN, infinite, absurdly large) to silence, in place. @returns how many there were */
export function silence(samples: Float32Array): number {
  if (soundAll(samples)) return 0;
  let wrong = 0;
  for (let n = 0; n < samples.length; n++)
    if (!(Math.abs(samples[n]) <= LARGEST)) {
      samples[n] = 0;
      wrong++;
    }
  return wrong;
}

/** Whether sizes add up to so little that none of them can be wrong: false says nothing. Four sums, as each waits for the one before. */
function soundAll(samples: Float32Array): boolean {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const { length } = samples;
  let n = 0;
  for (; n < length - 3; n += 4) {
    s0 += Math.abs(samples[n]);
    s1 += Math.abs(samples[n + 1]);
    s2 += Math.abs(samples[n + 2]);
    s3 += Math.abs(samples[n + 3]);
  }
  for (; n < length; n++) s0 += Math.abs(samples[n]);
  return s0 + s1 + s2 + s3 <= LARGEST;
}

/** What is said of them. */
export const silencedWarning = (wrong: number): string[] =>
  wrong === 0 ? [] : [`${wrong} samples are not numbers (NaN or infinite); silence stands in their place.`];

/** The same in all channels. @returns a warning if there were any */
export const silenceNonNumbers = (channels: readonly Float32Array[]): string[] =>
  silencedWarning(channels.reduce((sum, samples) => sum + silence(samples), 0));
