import type { SpectrogramQuery } from '#shared/contract/bulk.ts';
import { hzToMel, melToHz } from '#shared/math/mel.ts';

/**
 * What each row of a picture shows, from the top: the loudest of the FFT bins firsts[y] ... lasts[y]; or, where it falls
 * between two (firsts[y] > lasts[y]), what lies `parts[y]` of the way from lasts[y] to firsts[y].
 */
export interface PictureRows {
  firsts: Int32Array;
  lasts: Int32Array;
  parts: Float32Array;
}

const SCALES: Record<SpectrogramQuery['scale'], { to(hz: number): number; from(position: number): number }> = {
  linear: { to: (hz) => hz, from: (position) => position },
  log: { to: Math.log, from: Math.exp },
  mel: { to: (hz) => hzToMel(hz, 'slaney'), from: (position) => melToHz(position, 'slaney') },
};

/** Rows of even height on a scale from fMin to fMax, in Hz, over the `bins` of a spectrum. */
export function pictureRows(
  height: number,
  { fMin, fMax, scale }: { fMin: number; fMax: number; scale: SpectrogramQuery['scale'] },
  binsPerHz: number,
  bins: number,
): PictureRows {
  const { to, from } = SCALES[scale];
  const edge = (row: number) => from(to(fMax) + ((to(fMin) - to(fMax)) * row) / height) * binsPerHz;
  const rows = { firsts: new Int32Array(height), lasts: new Int32Array(height), parts: new Float32Array(height) };
  for (let row = 0; row < height; row++) {
    const first = Math.ceil(edge(row + 1));
    const last = Math.min(bins - 1, Math.floor(edge(row)));
    if (first <= last) {
      rows.firsts[row] = Math.max(0, first);
      rows.lasts[row] = last;
      continue;
    }
    const position = Math.min(bins - 1, Math.max(0, edge(row + 0.5)));
    const below = Math.min(Math.floor(position), bins - 2);
    rows.lasts[row] = below;
    rows.firsts[row] = below + 1;
    rows.parts[row] = position - below;
  }
  return rows;
}
