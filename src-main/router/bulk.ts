import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { OVERLAYS } from '#shared/contract/bulk.ts';
import { asHarkError, type ErrorKind, HarkError } from '#shared/domain/errors.ts';
import { encodeWav } from '#main/audio/encode-wav.ts';
import { peaks } from '#main/audio/peaks.ts';
import { type Answer, json } from './answer.ts';
import { answerRange } from './ranges.ts';
import type { Services } from './services.ts';

export interface BulkRequest {
  /** e.g. `/bulk/clips/7/peaks` */
  path: string;
  query: URLSearchParams;
  /** The `Range` header. */
  range: string | null;
}
export type BulkRoutes = (request: BulkRequest) => Promise<Answer>;

const MOST_PIXELS = 4096;
const count = (most: number) => z.coerce.number().int().min(1).max(most);
const PeaksQuery = z.object({ points: count(100_000) });
const SpectrogramQuery = z.object({
  width: count(MOST_PIXELS),
  height: count(MOST_PIXELS),
  nFft: z.coerce.number().int().min(16).max(65_536),
  fMin: z.coerce.number().min(0),
  fMax: z.coerce.number().positive().nullable().default(null),
  scale: z.enum(['linear', 'log', 'mel']),
  floorDb: z.coerce.number(),
  ceilingDb: z.coerce.number(),
});

const seconds = z.coerce.number().min(0);
const OverlayQuery = z.object({
  kind: z.enum(OVERLAYS),
  points: count(MOST_PIXELS),
  start: seconds.default(0),
  end: seconds.nullable().default(null),
  channel: z.coerce.number().int().min(0).nullable().default(null),
});

const STATUS: Partial<Record<ErrorKind, number>> = { 'not-found': 404, 'bad-input': 400, 'unreadable-file': 422 };
/** How a browser opens a report by itself; anything else it keeps as a file. */
const SHOWN: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.pdf': 'application/pdf' };
const KEPT: Record<string, string> = { '.md': 'text/markdown; charset=utf-8', '.csv': 'text/csv; charset=utf-8' };

/** Bulk data beside the calls (see `src-shared/contract/bulk.ts`), the same for both hosts. */
export function createBulk(services: Services): BulkRoutes {
  const { sounds } = services;
  const routes: { path: RegExp; answer(found: string[], request: BulkRequest): Promise<Answer> }[] = [
    {
      path: /^\/bulk\/clips\/(\d+)\/audio\.wav$/,
      async answer([clip], { range }) {
        const { channels, sampleRate } = await sounds.clip(Number(clip));
        return answerRange(encodeWav(channels, sampleRate), range, { 'content-type': 'audio/wav' });
      },
    },
    {
      path: /^\/bulk\/clips\/(\d+)\/peaks$/,
      async answer([clip], { query }) {
        const { points } = read(PeaksQuery, query);
        const { samples } = await sounds.mono(Number(clip));
        return binary(new Uint8Array(peaks(samples, points).buffer));
      },
    },
    {
      path: /^\/bulk\/clips\/(\d+)\/spectrogram$/,
      async answer([clip], { query }) {
        const options = read(SpectrogramQuery, query);
        const picture = await services.spectrogram(Number(clip), options);
        const { width, height, sampleRate, duration, nFft, hopLength, window, fMin, fMax } = picture;
        return binary(picture.pixels, {
          ...{ 'x-width': `${width}`, 'x-height': `${height}`, 'x-sample-rate': `${sampleRate}` },
          ...{ 'x-duration': `${duration}`, 'x-n-fft': `${nFft}`, 'x-hop-length': `${hopLength}` },
          ...{ 'x-window': window, 'x-f-min': `${fMin}`, 'x-f-max': `${fMax}` },
        });
      },
    },
    {
      path: /^\/bulk\/clips\/(\d+)\/overlay$/,
      async answer([clip], { query }) {
        const track = await services.overlay(Number(clip), read(OverlayQuery, query));
        return binary(new Uint8Array(track.data.buffer), {
          ...{ 'x-frames': `${track.frames}`, 'x-values': `${track.values}` },
          ...{ 'x-start': `${track.start}`, 'x-hop': `${track.hop}` },
          // Headers are Latin-1.
          ...{ 'x-unit': encodeURIComponent(track.unit), 'x-words': encodeURIComponent(track.words) },
        });
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
      const { kind, message, where, remedy } = asHarkError(thrown);
      return json(STATUS[kind] ?? 500, { kind, message, where: where ?? null, remedy: remedy ?? null });
    }
  };
}

function read<T>(schema: z.ZodType<T>, query: URLSearchParams): T {
  const parsed = schema.safeParse(Object.fromEntries(query));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HarkError('bad-input', issue.message, { where: issue.path.join('.') });
}

function binary(body: Uint8Array, headers: Record<string, string> = {}): Answer {
  return { status: 200, headers: { 'content-type': 'application/octet-stream', ...headers }, body };
}
