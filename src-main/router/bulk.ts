import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { OVERLAYS, SALIENCY_METHODS } from '#shared/contract/bulk.ts';
import { Edit } from '#shared/domain/edit.ts';
import { type ErrorKind, HarkError, toPlain } from '#shared/domain/errors.ts';
import { WINDOWS } from '#shared/math/windows.ts';
import { type Answer, json } from './answer.ts';
import { answerRange } from './ranges.ts';
import type { Services } from './services.ts';

export interface BulkRequest {
  /** e.g. `/bulk/clips/7/peaks` */
  path: string;
  query: URLSearchParams;
  /** The `Range` header. */
  range: string | null;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}
export type BulkRoutes = (request: BulkRequest) => Promise<Answer>;

const MOST_PIXELS = 4096;
const count = (most: number) => z.coerce.number().int().min(1).max(most);
const seconds = z.coerce.number().min(0).max(1e7).optional();
const hertz = z.coerce.number().min(0).max(1e6);
const decibels = z.coerce.number().min(-400).max(400);
/** An edit as JSON. */
const Preview = z
  .string()
  .max(10_000)
  .transform((text, { addIssue }) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      addIssue('This is not JSON.');
      return z.NEVER;
    }
  })
  .pipe(Edit)
  .optional();
const sound = {
  v: z.string().max(200).optional(),
  edits: z.coerce.number().int().min(0).optional(),
  edit: Preview,
};
const channel = z.coerce.number().int().min(0).max(63).optional();
const part = { ...sound, start: seconds, end: seconds, channel };
const AudioQuery = z
  .object({ ...sound, bandMin: hertz.optional(), bandMax: hertz.optional() })
  .refine(({ bandMin = 0, bandMax = Infinity }) => bandMin < bandMax, {
    message: 'The band ends below where it begins.',
    path: ['bandMax'],
  });
const PeaksQuery = z.object({ ...part, points: count(100_000) });
const SamplesQuery = z.object({
  ...{ ...sound, channel },
  from: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 40),
  count: count(2 ** 22),
});
const TileQuery = z.object({
  ...part,
  width: count(MOST_PIXELS),
  height: count(MOST_PIXELS),
  nFft: z.coerce.number().int().min(16).max(65_536),
  window: z.enum(WINDOWS).default('hann'),
  winLength: z.coerce.number().int().min(2).max(65_536).optional(),
  fMin: hertz,
  fMax: hertz.positive().nullable().default(null),
  scale: z.enum(['linear', 'log', 'mel']),
  floorDb: decibels,
  ceilingDb: decibels,
});
const OverlayQuery = z.object({ ...part, kind: z.enum(OVERLAYS), points: count(MOST_PIXELS) });

const version = sound.v;
const SignalsQuery = z.object({
  v: version,
  layer: z.coerce.number().int().min(0).max(63),
  reverse: z.stringbool().default(false),
});
const SaliencyQuery = z.object({
  v: version,
  method: z.enum(SALIENCY_METHODS),
  target: z.string().max(1000).nullable().default(null),
});
const SalientQuery = SaliencyQuery.extend({ share: z.coerce.number().gt(0).max(1) });
const CourseQuery = z.object({ v: version, most: count(1024) });

const STATUS: Partial<Record<ErrorKind, number>> = {
  ...{ 'not-found': 404, 'bad-input': 400, 'unreadable-file': 422 },
  // Nobody hears it.
  cancelled: 499,
};
/** How a browser opens a report by itself; anything else it keeps as a file. */
const SHOWN: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.pdf': 'application/pdf' };
const KEPT: Record<string, string> = { '.md': 'text/markdown; charset=utf-8', '.csv': 'text/csv; charset=utf-8' };

/** Bulk data beside the calls (see `src-shared/contract/bulk.ts`), the same for both hosts. */
export function createBulk(services: Services): BulkRoutes {
  const { sounds } = services;
  const routes: { path: RegExp; answer(found: string[], request: BulkRequest): Promise<Answer> }[] = [
    {
      path: /^\/bulk\/clips\/(\d+)\/audio\.wav$/,
      async answer([clip], { query, range, signal }) {
        const { edits, edit, bandMin = null, bandMax = null } = read(AudioQuery, query);
        const band = bandMin === null && bandMax === null ? null : { min: bandMin, max: bandMax };
        const wav = await sounds.wav(Number(clip), { edits, edit, band });
        const bytes = { size: wav.size, read: (first: number, last: number) => wav.read(first, last, signal) };
        return answerRange(bytes, range, { 'content-type': 'audio/wav' });
      },
    },
    {
      path: /^\/bulk\/clips\/(\d+)\/peaks$/,
      async answer([clip], { query, signal }) {
        const { points, ...options } = read(PeaksQuery, query);
        const { pairs, peak, sampleRate, frames } = await sounds.peaks(Number(clip), points, options, signal);
        return floats(pairs, { 'x-sample-rate': `${sampleRate}`, 'x-frames': `${frames}`, 'x-peak': `${peak}` });
      },
    },
    {
      path: /^\/bulk\/clips\/(\d+)\/samples$/,
      async answer([clip], { query, signal }) {
        const { from, count, ...options } = read(SamplesQuery, query);
        return floats(await sounds.samples(Number(clip), from, count, options, signal));
      },
    },
    {
      path: /^\/bulk\/clips\/(\d+)\/spectrogram$/,
      async answer([clip], { query, signal }) {
        const picture = await services.spectrogram(Number(clip), read(TileQuery, query), signal);
        const { width, height, sampleRate, duration, nFft, winLength, hopLength, window, fMin, fMax } = picture;
        return binary(picture.pixels, {
          ...{ 'x-width': `${width}`, 'x-height': `${height}`, 'x-sample-rate': `${sampleRate}` },
          ...{ 'x-duration': `${duration}`, 'x-n-fft': `${nFft}`, 'x-win-length': `${winLength}` },
          ...{ 'x-hop-length': `${hopLength}`, 'x-window': window, 'x-f-min': `${fMin}`, 'x-f-max': `${fMax}` },
        });
      },
    },
    {
      path: /^\/bulk\/clips\/(\d+)\/overlay$/,
      async answer([clip], { query, signal }) {
        const track = await services.overlay(Number(clip), read(OverlayQuery, query), signal);
        return floats(track.data, {
          ...{ 'x-frames': `${track.frames}`, 'x-values': `${track.values}` },
          ...timesOf(track),
          // Headers are Latin-1.
          ...{ 'x-unit': encodeURIComponent(track.unit), 'x-words': encodeURIComponent(track.words) },
        });
      },
    },
    {
      path: /^\/bulk\/runs\/(\d+)\/clips\/(\d+)\/signals$/,
      async answer([run, clip], { query, signal }) {
        const { layer, reverse } = read(SignalsQuery, query);
        const seen = await services.inspections.signals(Number(run), Number(clip), { layer, reverse }, signal);
        return floats(seen.values, {
          ...{ 'x-signals': seen.names.join(), 'x-frames': `${seen.frames}`, 'x-units': `${seen.units}` },
          ...timesOf(seen),
        });
      },
    },
    {
      path: /^\/bulk\/runs\/(\d+)\/clips\/(\d+)\/course$/,
      async answer([run, clip], { query, signal }) {
        const { most } = read(CourseQuery, query);
        const course = await services.inspections.course(Number(run), Number(clip), most, signal);
        const { ends, probabilities } = course;
        const classes = probabilities.length / ends.length;
        const rows = new Float32Array(ends.length * (1 + classes));
        ends.forEach((end, row) => {
          rows[row * (1 + classes)] = end;
          rows.set(probabilities.subarray(row * classes, (row + 1) * classes), row * (1 + classes) + 1);
        });
        return floats(rows, { 'x-ends': `${ends.length}`, ...timesOf(course) });
      },
    },
    {
      path: /^\/bulk\/runs\/(\d+)\/clips\/(\d+)\/saliency$/,
      async answer([run, clip], { query, signal }) {
        const seen = await services.inspections.saliency(Number(run), Number(clip), read(SaliencyQuery, query), signal);
        const { frames, bands, values, target, output, baseline } = seen;
        const edges = [bands[0].low, ...bands.map(({ high }) => high)];
        const body = new Float32Array(edges.length + values.length);
        body.set(edges);
        body.set(values, edges.length);
        return floats(body, {
          ...{ 'x-frames': `${frames}`, 'x-bands': `${bands.length}`, 'x-target': `${target}` },
          ...{ 'x-output': `${output}`, 'x-baseline': `${baseline}`, ...timesOf(seen) },
        });
      },
    },
    {
      path: /^\/bulk\/runs\/(\d+)\/clips\/(\d+)\/salient\.wav$/,
      async answer([run, clip], { query, range, signal }) {
        const options = read(SalientQuery, query);
        const { samples, sampleRate } = await services.inspections.salientSound(
          Number(run),
          Number(clip),
          options,
          signal,
        );
        const wav = encodeWav([samples], sampleRate);
        const bytes = {
          size: wav.length,
          read: (first: number, last: number) => Promise.resolve(wav.subarray(first, last + 1)),
        };
        return answerRange(bytes, range, { 'content-type': 'audio/wav' });
      },
    },
    {
      path: /^\/bulk\/maps\/(\w+)$/,
      async answer([map]) {
        const { points, neighbours } = services.maps.numbers(map);
        const { k, indices, distances } = neighbours;
        const clips = points.length / 2;
        const rows = new Float32Array(clips * (2 + 2 * k));
        for (let clip = 0; clip < clips; clip++) {
          const at = clip * (2 + 2 * k);
          rows.set(points.subarray(clip * 2, clip * 2 + 2), at);
          rows.set(indices.subarray(clip * k, (clip + 1) * k), at + 2);
          rows.set(distances.subarray(clip * k, (clip + 1) * k), at + 2 + k);
        }
        return floats(rows, { 'x-clips': `${clips}`, 'x-neighbours': `${k}` });
      },
    },
    {
      path: /^\/bulk\/reports\/(\d+)\/([^/]+)$/,
      async answer([comparison, name]) {
        const file = services.reportFile(Number(comparison), decodeURIComponent(name));
        const body = await readFile(file.path).catch((cause: unknown) => {
          throw new HarkError('not-found', 'The report’s file is no longer there.', { where: file.path, cause });
        });
        const ending = /\.[^.]*$/.exec(file.name)?.[0] ?? '';
        const shown = SHOWN[ending];
        const disposition = `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`;
        const type = shown ?? KEPT[ending] ?? 'application/octet-stream';
        return binary(body, { 'content-type': type, 'content-disposition': disposition });
      },
    },
  ];

  return async (request) => {
    try {
      for (const { path, answer } of routes) {
        const found = path.exec(request.path);
        if (found) return await answer(found.slice(1), request);
      }
      throw new HarkError('not-found', 'There is no such data.', { where: request.path });
    } catch (thrown) {
      const failure = toPlain(thrown);
      return json(STATUS[failure.kind] ?? 500, failure);
    }
  };
}

function read<T>(schema: z.ZodType<T>, query: URLSearchParams): T {
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HarkError('bad-input', issue.message, { where: issue.path.join('.') });
}

const timesOf = ({ start, hop }: { start: number; hop: number }) => ({ 'x-start': `${start}`, 'x-hop': `${hop}` });

const floats = ({ buffer, byteOffset, byteLength }: Float32Array, headers: Record<string, string> = {}) =>
  binary(new Uint8Array(buffer, byteOffset, byteLength), headers);

function binary(body: Uint8Array, headers: Record<string, string> = {}): Answer {
  return { status: 200, headers: { 'content-type': 'application/octet-stream', ...headers }, body };
}
