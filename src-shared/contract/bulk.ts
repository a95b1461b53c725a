/**
 * Bulk data goes beside the calls: plain GETs of the window's own origin, on the web host and in Electron alike.
 * Numbers in bodies are little-endian.
 */
export const bulk = {
  /** The clip as edited: WAV, 16-bit PCM, its own rate and channels; answers ranges. */
  audio: (clip: number, options: AudioQuery = {}) => address(`/bulk/clips/${clip}/audio.wav`, options),
  /** Float32 pairs (min, max), `points` of them; headers `x-sample-rate`, `x-frames` (of the whole clip), `x-peak`. */
  peaks: (clip: number, options: PeaksQuery) => address(`/bulk/clips/${clip}/peaks`, options),
  /** Float32 samples [count] from sample `from` on; fewer at the end. */
  samples: (clip: number, options: SamplesQuery) => address(`/bulk/clips/${clip}/samples`, options),
  /**
   * Bytes, one a pixel, 0 at the floor and 255 at the ceiling in dB, rows from the top (highest frequency) down.
   * Headers `x-width`, `x-height`, `x-sample-rate`, `x-duration`, `x-n-fft`, `x-hop-length`, `x-window`, `x-f-min`, `x-f-max`.
   */
  spectrogram: (clip: number, options: TileQuery) => address(`/bulk/clips/${clip}/spectrogram`, options),
  /**
   * Float32 [frames, values]; a value that is not there (the pitch of silence) is NaN. Headers `x-frames`, `x-values`, `x-start` and
   * `x-hop` (seconds: of the first frame's centre, and from frame to frame), `x-unit`, `x-words` (how it was
   * computed; both as parts of an address, for headers know only Latin letters).
   */
  overlay: (clip: number, options: OverlayQuery) => address(`/bulk/clips/${clip}/overlay`, options),
  /**
   * What one direction of one layer of a run does over a clip: Float32 [signals, frames, units]. Headers `x-signals` (ids, by commas),
   * `x-frames`, `x-units`, `x-start` and `x-hop` (seconds: of the first frame's centre, and from frame to frame).
   */
  signals: (run: number, clip: number, options: SignalsQuery) =>
    address(`/bulk/runs/${run}/clips/${clip}/signals`, options),
  /**
   * What a run would have said, had the clip ended earlier: Float32 [ends, 1 + classes], of each end the frames heard and the
   * probability of each class. Headers `x-ends`, `x-start`, `x-hop`.
   */
  course: (run: number, clip: number, options: CourseQuery) =>
    address(`/bulk/runs/${run}/clips/${clip}/course`, options),
  /**
   * What of a clip speaks for a class, by frame and band of frequency: Float32, first the [bands + 1] edges of the bands in Hz from the
   * lowest up, then [frames, bands]; above 0 it speaks for the class. Headers `x-frames`, `x-bands`, `x-start`, `x-hop`, `x-target`
   * (number of the class), `x-output` and `x-baseline` (its logit for the clip, and for one where all is as always).
   */
  saliency: (run: number, clip: number, options: SaliencyQuery) =>
    address(`/bulk/runs/${run}/clips/${clip}/saliency`, options),
  /**
   * Where the clips of a map lie, in its order, and their nearest neighbours in the full space: Float32 [clips, 2 + 2 k], of each clip
   * x, y, the places of its k neighbours in the map's list from the nearest on, and how far they are. Headers `x-clips`, `x-neighbours`.
   */
  map: (map: string) => `/bulk/maps/${map}`,
  /** The sound of what speaks most for a class: WAV, 16-bit PCM, mono, the clip's own rate and length; answers ranges. */
  salient: (run: number, clip: number, options: SalientQuery) =>
    address(`/bulk/runs/${run}/clips/${clip}/salient.wav`, options),
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

/** Which sound of a clip is meant. */
export interface SoundQuery {
  /** The version the window has seen: it only keeps addresses of different sounds apart. */
  v?: string;
  /** Only the first so many edits of the list; none: all. */
  edits?: number;
  /** An edit (JSON) to be tried on top of the list: its preview. */
  edit?: string;
}

export interface AudioQuery extends SoundQuery {
  /** Hz: only this band is heard. */
  bandMin?: number;
  bandMax?: number;
}

/** A part of the clip, seconds; none: the whole. `channel` counts from 0; none: the mix of all. */
export interface PartQuery extends SoundQuery {
  start?: number;
  end?: number;
  channel?: number;
}

export interface PeaksQuery extends PartQuery {
  points: number;
}

export interface SamplesQuery extends SoundQuery {
  from: number;
  count: number;
  channel?: number;
}

export interface TileQuery extends PartQuery, SpectrogramQuery {
  window?: 'hann' | 'hamming' | 'blackman';
  /** Samples; none: nFft. */
  winLength?: number;
}

export const OVERLAYS = ['f0', 'energy', 'zeroCrossings', 'formants', 'mel', 'mfcc'] as const;
export type OverlayKind = (typeof OVERLAYS)[number];

export interface OverlayQuery extends PartQuery {
  kind: OverlayKind;
  /** Frames at most: of more, every so many is taken. */
  points: number;
}

export interface SignalsQuery {
  /** The version of the sound the window has seen. */
  v?: string;
  /** From 0. */
  layer: number;
  /** Left out: forwards. */
  reverse?: true;
}

export const SALIENCY_METHODS = ['integrated', 'gradient'] as const;
export type SaliencyMethod = (typeof SALIENCY_METHODS)[number];

export interface SaliencyQuery {
  v?: string;
  method: SaliencyMethod;
  /** Name of a class; left out: the one the network answers. */
  target?: string;
}

export interface SalientQuery extends SaliencyQuery {
  /** Of all cells, time x frequency, that are kept; 0..1. */
  share: number;
}

export interface CourseQuery {
  v?: string;
  /** Ends at most; of a longer clip, evenly spread ones. */
  most: number;
}

/** A query string without the DOM's URLSearchParams, which shared code must not need; empty values are left out. */
function address(path: string, values: object): string {
  const query = Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`)
    .join('&');
  return query === '' ? path : `${path}?${query}`;
}
