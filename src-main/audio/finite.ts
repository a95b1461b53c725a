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

/** LARGEST as the bits of a float: sizes are in the order of their bits, what is not a number above all others. */
const LARGEST_BITS = 0x4f_80_00_00;

function soundAll(samples: Float32Array): boolean {
  const bits = new Int32Array(samples.buffer, samples.byteOffset, samples.length);
  // Negative once a size has been too large. Without a branch to a sample this takes a fraction of the time.
  let over = 0;
  for (let n = 0; n < bits.length; n++) over |= LARGEST_BITS - (bits[n] & 0x7f_ff_ff_ff);
  return over >= 0;
}

/** What is said of them. */
export const silencedWarning = (wrong: number): string[] =>
  wrong === 0 ? [] : [`${wrong} samples are not numbers (NaN or infinite); silence stands in their place.`];

/** Sets them to silence in all channels. */
export const silenceNonNumbers = (channels: readonly Float32Array[]): void => channels.forEach(silence);
