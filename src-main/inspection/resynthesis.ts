import { Analysis, OVERLAP, spectraOf, Synthesis } from '#main/audio/edits/stft.ts';
import { signalOf } from '#main/audio/signal/signal.ts';
import type { Saliency } from './saliency.ts';

/** Windows that tell voices' harmonics and still follow a consonant, seconds. */
const WINDOW_SECONDS = 0.032;

/** A clip's own sound, mono, and where the frames of its features lie in it. */
export interface SoundOfClip {
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
  /** Seconds: middle of the first frame, and from frame to frame. */
  start: number;
  hop: number;
}

/**
 * The sound of what speaks most for a class: bins of its short-time spectrum (Hann, three quarters overlap) that lie in cells of the
 * saliency which are above 0 and among the largest; all else is silence.
 * @param share of all cells that is kept at most, 0..1
 * @returns as many samples as were given
 */
export function salientSound(sound: SoundOfClip, saliency: Saliency, share: number): Float32Array {
  const { samples, sampleRate } = sound;
  const nFft = 2 ** Math.max(6, Math.round(Math.log2(WINDOW_SECONDS * sampleRate)));
  const hop = nFft / OVERLAP;
  const spectra = spectraOf(1, nFft);
  const analysis = new Analysis(signalOf([samples], sampleRate), nFft);
  const out = new Float32Array(samples.length);
  let written = 0;
  const wanted = { skip: nFft - hop, frames: samples.length };
  const synthesis = new Synthesis(1, nFft, wanted, ([block]) => {
    out.set(block, written);
    written += block.length;
  });
  const gains = gainsOf(sound, saliency, share, nFft);
  for (let at = hop - nFft; at < samples.length; at += hop) {
    analysis.at(at, spectra);
    const row = gains((at + nFft / 2) / sampleRate);
    const [{ re, im }] = spectra;
    for (let k = 0; k < row.length; k++) {
      re[k] *= row[k];
      im[k] *= row[k];
    }
    synthesis.add(spectra);
  }
  synthesis.end();
  return out;
}

/** The gain of each bin at a time, with soft edges over a bin to each side. */
function gainsOf(
  { sampleRate, start, hop }: SoundOfClip,
  { frames, bands, values }: Saliency,
  share: number,
  nFft: number,
): (seconds: number) => Float64Array {
  const least = thresholdOf(values, share);
  const bandOf = Int32Array.from({ length: nFft / 2 + 1 }, (_, k) => {
    const hertz = (k * sampleRate) / nFft;
    return bands.findIndex(({ low, high }) => hertz >= low && hertz < high);
  });
  const hard = new Float64Array(bandOf.length);
  const soft = new Float64Array(bandOf.length);
  return (seconds) => {
    const t = Math.max(0, Math.min(frames - 1, Math.round((seconds - start) / hop)));
    bandOf.forEach((band, k) => (hard[k] = band >= 0 && values[t * bands.length + band] >= least ? 1 : 0));
    hard.forEach(
      (gain, k) => (soft[k] = (hard[Math.max(0, k - 1)] + 2 * gain + hard[Math.min(k + 1, hard.length - 1)]) / 4),
    );
    return soft;
  };
}

/** The least value that is kept: above 0, and among the largest. */
function thresholdOf(values: Float32Array, share: number): number {
  const sorted = values.toSorted((a, b) => b - a);
  const last = sorted[Math.max(0, Math.min(sorted.length, Math.round(share * sorted.length)) - 1)];
  return Math.max(last, Number.MIN_VALUE);
}
