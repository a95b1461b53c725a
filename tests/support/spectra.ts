import { realFft } from '#shared/math/fft.ts';
import { hannWindow } from '#shared/math/windows.ts';

/** Ratio of the power of `wanted` to that of what `found` differs by, dB, leaving out `skip` samples at both ends. */
export function ratio(wanted: Float32Array, found: Float32Array, skip = 0): number {
  let power = 0;
  let gap = 0;
  for (let n = skip; n < Math.min(wanted.length, found.length) - skip; n++) {
    power += wanted[n] ** 2;
    gap += (wanted[n] - found[n]) ** 2;
  }
  return 10 * Math.log10(power / gap);
}

/** Mean power spectrum over Hann windows of `nFft` samples, half overlapping. @returns [nFft / 2 + 1] */
export function meanSpectrum(samples: Float32Array, nFft = 2048): Float64Array {
  const fft = realFft(nFft);
  const window = hannWindow(nFft);
  const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
  const sum = new Float64Array(fft.bins);
  for (let at = 0; at + nFft <= samples.length; at += nFft / 2) {
    fft.transform(
      window.map((value, n) => value * samples[at + n]),
      re,
      im,
    );
    for (let k = 0; k < fft.bins; k++) sum[k] += re[k] ** 2 + im[k] ** 2;
  }
  return sum;
}

/** Power between two frequencies in Hz, dB (to no reference). */
export function bandPower(samples: Float32Array, sampleRate: number, [low, high]: [number, number], nFft = 2048) {
  const spectrum = meanSpectrum(samples, nFft);
  const bin = (hertz: number) => Math.round((hertz * nFft) / sampleRate);
  return 10 * Math.log10(spectrum.slice(bin(low), bin(high) + 1).reduce((sum, power) => sum + power, 0));
}

/** Mean frequency of the spectrum, weighted by power, Hz. */
export function centroid(samples: Float32Array, sampleRate: number, nFft = 2048): number {
  const spectrum = meanSpectrum(samples, nFft);
  const total = spectrum.reduce((sum, power) => sum + power, 0);
  return (spectrum.reduce((sum, power, k) => sum + power * k, 0) / total / nFft) * sampleRate;
}

/** Frequency of the strongest partial by its phase between two windows, Hz: of a steady tone to a small part of a cent. */
export function toneFrequency(samples: Float32Array, sampleRate: number, nFft = 8192): number {
  const fft = realFft(nFft);
  const window = hannWindow(nFft);
  const middle = Math.floor((samples.length - nFft) / 2);
  const hop = 32;
  const [first, second] = [middle, middle + hop].map((from) => {
    const [re, im] = [new Float64Array(fft.bins), new Float64Array(fft.bins)];
    fft.transform(
      window.map((value, n) => value * samples[from + n]),
      re,
      im,
    );
    return { re, im };
  });
  let peak = 0;
  first.re.forEach((re, k) => {
    if (re ** 2 + first.im[k] ** 2 > first.re[peak] ** 2 + first.im[peak] ** 2) peak = k;
  });
  const turn = Math.atan2(second.im[peak], second.re[peak]) - Math.atan2(first.im[peak], first.re[peak]);
  const expected = (2 * Math.PI * peak * hop) / nFft;
  const beyond = turn - expected - 2 * Math.PI * Math.round((turn - expected) / (2 * Math.PI));
  return ((expected + beyond) / (2 * Math.PI * hop)) * sampleRate;
}

/** A sum of sines. @param partials Hz and amplitude of each */
export const tones = (partials: readonly (readonly [number, number])[], frames: number, sampleRate: number) =>
  Float32Array.from({ length: frames }, (_, n) =>
    partials.reduce((sum, [hertz, size]) => sum + size * Math.sin((2 * Math.PI * hertz * n) / sampleRate), 0),
  );
