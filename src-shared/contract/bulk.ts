/**
 * Bulk data goes beside the calls: plain GETs of the window's own origin, on the web host and in Electron alike.
 * Numbers in bodies are little-endian.
 */
export const bulk = {
  /** The clip (or dataset background) decoded: WAV, 16-bit PCM, its own rate and channels; answers ranges. */
  audio: (clip: number) => `/bulk/clips/${clip}/audio.wav`,
  /** Float32 pairs (min, max) of the mono mix, `points` of them. */
  peaks: (clip: number, points: number) => `/bulk/clips/${clip}/peaks?points=${points}`,
  /**
   * Bytes, one a pixel, 0 at the floor and 255 at the ceiling in dB, rows from the top (highest frequency) down.
   * Headers `x-width`, `x-height`, `x-sample-rate`, `x-duration`, `x-n-fft`, `x-hop-length`, `x-window`, `x-f-min`, `x-f-max`.
   */
  spectrogram: (clip: number, options: SpectrogramQuery) => `/bulk/clips/${clip}/spectrogram?${query(options)}`,
  report: (comparison: number, name: string) => `/bulk/reports/${comparison}/${encodeURIComponent(name)}`,
};

export interface SpectrogramQuery {
  width: number;
  height: number;
  nFft: number;
  /** Hz. */
  fMin: number;
  fMax: number | null;
  scale: 'linear' | 'log' | 'mel';
  floorDb: number;
  ceilingDb: number;
}

/** A query string without the DOM's URLSearchParams, which shared code must not need; empty values are left out. */
function query(values: object): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join('&');
}
