import type { EditOf } from '#shared/domain/edit.ts';
import { eased } from './borders.ts';
import type { Operation } from './operation.ts';
import { remade } from './span.ts';
import { Analysis, OVERLAP, spectraOf, Synthesis, usualFft } from './stft.ts';

/** Bins over which the gain passes from the box to the sound above and below it. */
const EDGE = 2;
/** Bins a box must span at least: else longer windows are taken, up to this many times the usual. */
const LEAST_BINS = 4;
const LONGEST = 4;

/**
 * The band's bins of a short-time spectrum (Hann, three quarters overlap) times a gain, which passes to 1 over two bins outside the
 * band, and over 5 ms inside the span. The windows see the true sound around the span.
 */
export const attenuateBox: Operation<'attenuateBox'> = (signal, edit, context) => {
  if (edit.db === 0) return signal;
  return remade(signal, edit, context, (write, frames) => {
    const { from, end } = frames;
    const nFft = fftFor(edit, end - from, signal.sampleRate);
    const gains = gainsFor(edit, nFft, signal.sampleRate);
    const hop = nFft / OVERLAP;
    const spectra = spectraOf(signal.channels.length, nFft);
    const analysis = new Analysis(signal, nFft);
    const wanted = { skip: nFft - hop, frames: end - from };
    const synthesis = new Synthesis(spectra.length, nFft, wanted, eased(signal, frames, end - from, write));
    for (let at = from - nFft + hop; at < end; at += hop) {
      analysis.at(at, spectra);
      for (const { re, im } of spectra)
        for (let k = 0; k < gains.length; k++) {
          re[k] *= gains[k];
          im[k] *= gains[k];
        }
      synthesis.add(spectra);
      context.progress?.(Math.min(1, Math.max(0, (at - from) / (end - from))));
    }
    synthesis.end();
  });
};

/** Windows no longer than twice the box, but long enough to tell its band from what is beside it. */
function fftFor({ fMin, fMax }: EditOf<'attenuateBox'>, frames: number, sampleRate: number): number {
  const usual = usualFft(sampleRate);
  let nFft = usual;
  while (nFft > 64 && nFft > 2 * frames) nFft /= 2;
  while (nFft < LONGEST * usual && ((fMax - fMin) * nFft) / sampleRate < LEAST_BINS) nFft *= 2;
  return nFft;
}

function gainsFor({ fMin, fMax, db }: EditOf<'attenuateBox'>, nFft: number, sampleRate: number): Float64Array {
  const gain = 10 ** (db / 20);
  return Float64Array.from({ length: nFft / 2 + 1 }, (_, k) => {
    const bins = (hertz: number) => (hertz * nFft) / sampleRate;
    const beside = Math.max(0, bins(fMin) - k, k - bins(fMax));
    const share = beside >= EDGE ? 0 : (1 + Math.cos((Math.PI * beside) / EDGE)) / 2;
    return 1 + share * (gain - 1);
  });
}
