import { GlottalSource } from '#main/datasets/sample/glottal-source.ts';
import { PHONES } from '#main/datasets/sample/phones.ts';
import { Resonator } from '#main/datasets/sample/resonator.ts';
import { Random } from '#shared/math/random.ts';

export type Vowel = 'a' | 'i' | 'o' | 'u';

/** A vowel whose pitch and formants are known: a glottal source through the resonances of the built-in sample's phones. */
export function speakVowel(
  vowel: Vowel,
  sampleRate: number,
  seconds: number,
  pitch: (seconds: number) => number,
  seed = 1,
): Float32Array {
  const { formants, bandwidths } = PHONES[vowel];
  const source = new GlottalSource(0.2, sampleRate, new Random(seed, vowel));
  // A fifth formant, as in the sample; none where the sampling rate has no room for it.
  const poles = [...formants, 4300].filter((hz) => hz < sampleRate / 2 - 300);
  const resonators = poles.map((hz, index) => {
    const resonator = new Resonator(sampleRate);
    resonator.tune(hz, [...bandwidths, 300][index]);
    return resonator;
  });
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, n) =>
    resonators.reduce((sample, resonator) => resonator.pass(sample), 0.05 * source.next(pitch(n / sampleRate))),
  );
}

export function medianOf(values: Iterable<number>): number {
  const sorted = [...values].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export const cents = (a: number, b: number): number => 1200 * Math.log2(a / b);
