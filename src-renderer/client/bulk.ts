import {
  bulk,
  type CourseQuery,
  type OverlayQuery,
  type PeaksQuery,
  type SaliencyQuery,
  type SamplesQuery,
  type SignalsQuery,
  type TileQuery,
} from '#shared/contract/bulk.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { ConnectionLost } from './errors.ts';

/** Both hosts answer bulk data at the window's own origin. */
export const audioUrl = bulk.audio;
export const salientUrl = bulk.salient;
export const reportUrl = bulk.report;

/** The outline of a clip, or of a part of it: least and greatest value of each of `points` stretches, -1 to 1. */
export async function fetchPeaks(clip: number, query: PeaksQuery, signal?: AbortSignal): Promise<Peaks> {
  const pairs = new Float32Array(await (await get(bulk.peaks(clip, query), signal)).arrayBuffer());
  const count = Math.floor(pairs.length / 2);
  const peaks = { min: new Float32Array(count), max: new Float32Array(count) };
  for (let i = 0; i < count; i++) {
    peaks.min[i] = pairs[2 * i];
    peaks.max[i] = pairs[2 * i + 1];
  }
  return peaks;
}
export interface Peaks {
  min: Float32Array;
  max: Float32Array;
}

/** Samples of one channel, or of the mix of all; fewer at the end of the sound. */
export async function fetchSamples(clip: number, query: SamplesQuery, signal?: AbortSignal): Promise<Float32Array> {
  return new Float32Array(await (await get(bulk.samples(clip, query), signal)).arrayBuffer());
}

/** A spectrogram as bytes (0 floor, 255 ceiling), rows from the highest frequency down, and how it was computed. */
export interface SpectrogramPicture {
  pixels: Uint8Array;
  width: number;
  height: number;
  sampleRate: number;
  duration: number;
  nFft: number;
  hopLength: number;
  window: string;
  fMin: number;
  fMax: number;
}
export async function fetchSpectrogram(
  clip: number,
  query: TileQuery,
  signal?: AbortSignal,
): Promise<SpectrogramPicture> {
  const answer = await get(bulk.spectrogram(clip, query), signal);
  const header = (name: string) => answer.headers.get(`x-${name}`) ?? '';
  return {
    pixels: new Uint8Array(await answer.arrayBuffer()),
    width: Number(header('width')),
    height: Number(header('height')),
    sampleRate: Number(header('sample-rate')),
    duration: Number(header('duration')),
    nFft: Number(header('n-fft')),
    hopLength: Number(header('hop-length')),
    window: header('window'),
    fMin: Number(header('f-min')),
    fMax: Number(header('f-max')),
  };
}

/** An overlay of a part of a clip: `data` is [frames, values], frame i centred on start + i hop seconds; NaN where there is no value. */
export interface OverlayTrack {
  data: Float32Array;
  frames: number;
  values: number;
  start: number;
  hop: number;
  unit: string;
  /** How it was computed. */
  words: string;
}
export async function fetchOverlay(clip: number, query: OverlayQuery, signal?: AbortSignal): Promise<OverlayTrack> {
  const answer = await get(bulk.overlay(clip, query), signal);
  const header = (name: string) => decodeURIComponent(answer.headers.get(`x-${name}`) ?? '');
  return {
    data: new Float32Array(await answer.arrayBuffer()),
    frames: Number(header('frames')),
    values: Number(header('values')),
    start: Number(header('start')),
    hop: Number(header('hop')),
    unit: header('unit'),
    words: header('words'),
  };
}

/** Where frames lie in a clip, seconds: frame i is centred on start + i hop. */
export interface FrameTimes {
  start: number;
  hop: number;
}
const frameTimes = ({ headers }: Response): FrameTimes => ({
  start: Number(headers.get('x-start')),
  hop: Number(headers.get('x-hop')),
});

/** What one direction of one layer does over a clip: [frames, units] of each signal. */
export interface LayerSignals extends FrameTimes {
  frames: number;
  units: number;
  values: ReadonlyMap<string, Float32Array>;
}
export async function fetchSignals(
  run: number,
  clip: number,
  query: SignalsQuery,
  signal?: AbortSignal,
): Promise<LayerSignals> {
  const answer = await get(bulk.signals(run, clip, query), signal);
  const names = (answer.headers.get('x-signals') ?? '').split(',');
  const [frames, units] = ['x-frames', 'x-units'].map((name) => Number(answer.headers.get(name)));
  const all = new Float32Array(await answer.arrayBuffer());
  const size = frames * units;
  const values = new Map(names.map((name, index) => [name, all.subarray(index * size, (index + 1) * size)]));
  return { frames, units, values, ...frameTimes(answer) };
}

/** What a run would have said, had the clip ended after so many frames. */
export interface Course extends FrameTimes {
  /** Frames heard, ascending. */
  ends: Float32Array;
  /** [classes][ends] */
  probabilities: Float32Array[];
}
export async function fetchCourse(
  run: number,
  clip: number,
  query: CourseQuery,
  signal?: AbortSignal,
): Promise<Course> {
  const answer = await get(bulk.course(run, clip, query), signal);
  const rows = new Float32Array(await answer.arrayBuffer());
  const count = Number(answer.headers.get('x-ends'));
  const width = rows.length / count;
  const column = (index: number) => Float32Array.from({ length: count }, (_, row) => rows[row * width + index]);
  const probabilities = Array.from({ length: width - 1 }, (_, index) => column(index + 1));
  return { ends: column(0), probabilities, ...frameTimes(answer) };
}

/** What of a clip speaks for a class, and against it. */
export interface Saliency extends FrameTimes {
  frames: number;
  /** Hz, ascending: band i lies between edges i and i + 1. */
  edges: Float32Array;
  /** [frames, bands] */
  values: Float32Array;
  /** Number of the class. */
  target: number;
  /** Its logit for the clip, and for one where all is as always. */
  output: number;
  baseline: number;
}
export async function fetchSaliency(
  run: number,
  clip: number,
  query: SaliencyQuery,
  signal?: AbortSignal,
): Promise<Saliency> {
  const answer = await get(bulk.saliency(run, clip, query), signal);
  const number = (name: string) => Number(answer.headers.get(`x-${name}`));
  const all = new Float32Array(await answer.arrayBuffer());
  const edges = number('bands') + 1;
  return {
    ...{ frames: number('frames'), target: number('target'), output: number('output'), baseline: number('baseline') },
    ...{ edges: all.subarray(0, edges), values: all.subarray(edges) },
    ...frameTimes(answer),
  };
}

/** Where the clips of a map lie, and who is near whom in the full space. */
export interface MapNumbers {
  /** [clips, 2] */
  points: Float32Array;
  /** Neighbours each clip is told with. */
  k: number;
  /** Places in the map's list, the nearest first, [clips, k]. */
  neighbours: Int32Array;
  /** [clips, k] */
  distances: Float32Array;
}
export async function fetchMap(map: string, signal?: AbortSignal): Promise<MapNumbers> {
  const answer = await get(bulk.map(map), signal);
  const [clips, k] = ['x-clips', 'x-neighbours'].map((name) => Number(answer.headers.get(name)));
  const rows = new Float32Array(await answer.arrayBuffer());
  const numbers = {
    ...{ k, points: new Float32Array(2 * clips) },
    ...{ neighbours: new Int32Array(clips * k), distances: new Float32Array(clips * k) },
  };
  for (let clip = 0; clip < clips; clip++) {
    const at = clip * (2 + 2 * k);
    numbers.points.set(rows.subarray(at, at + 2), 2 * clip);
    numbers.neighbours.set(rows.subarray(at + 2, at + 2 + k), clip * k);
    numbers.distances.set(rows.subarray(at + 2 + k, at + 2 + 2 * k), clip * k);
  }
  return numbers;
}

/** @throws HarkError with the lab's own words where it gave some */
async function get(path: string, signal?: AbortSignal): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { signal });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new ConnectionLost();
  }
  if (answer.ok) return answer;
  const told = (await answer.json().catch(() => null)) as {
    kind?: HarkError['kind'];
    message?: string;
    where?: string | null;
    remedy?: string | null;
  } | null;
  throw new HarkError(
    told?.kind ?? (answer.status === 404 ? 'not-found' : 'internal'),
    told?.message ?? `The sound could not be fetched (${answer.status}).`,
    { where: told?.where ?? undefined, remedy: told?.remedy ?? undefined },
  );
}
