import type { Random } from '#shared/math/random.ts';

/** One sample of white noise of unit power; uniform, which is quick, and a filter makes it as good as normal. */
export function whiteNoise(random: Random): number {
  return (random.uint32() / 0x8000_0000 - 1) * Math.sqrt(3);
}

/**
 * Adds steady background noise to speech: white noise through a one-pole low-pass whose corner is drawn (a hiss to a
 * rumble).
 * @param snr dB: speech against noise, root mean square over `first` to `end`
 */
export function addNoise(samples: Float32Array, first: number, end: number, snr: number, random: Random): void {
  const smoothing = random.between(0.3, 0.97);
  const noise = new Float32Array(samples.length);
  let state = 0;
  for (let n = 0; n < noise.length; n++) noise[n] = state = smoothing * state + whiteNoise(random);
  const gain = rms(samples.subarray(first, end)) / (rms(noise) * 10 ** (snr / 20));
  for (let n = 0; n < samples.length; n++) samples[n] += gain * noise[n];
}

export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
