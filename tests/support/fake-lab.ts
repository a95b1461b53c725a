import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { encodeWav } from '#main/audio/encode/wav.ts';
import { peaksOf } from '#main/audio/sounds/peaks.ts';
import { runsOf } from '#main/audio/signal/pyramid.ts';
import { signalOf } from '#main/audio/signal/signal.ts';
import { spectrogramPicture } from '#main/features/picture.ts';
import { asHarkError, HarkError } from '#shared/domain/errors.ts';
import { NEIGHBOURS } from '#shared/domain/clip-map.ts';
import type { SpectrogramQuery } from '#shared/contract/bulk.ts';
import { fakeRouter } from './fake/router.ts';
import { soundOf } from './fake/sound.ts';
import { FakeState, type FakeLabOptions } from './fake/state.ts';

/**
 * A lab made of nothing: the whole contract answered from memory over a real WebSocket, sounds and pictures over HTTP,
 * and the built window beside them, on the loopback. For looking at the rooms and for the tests of what real services
 * rarely do: errors, emptiness, lost connections, 100,000 clips.
 */
export interface FakeLab {
  url: string;
  state: FakeState;
  /** Cuts every connection; with `ms`, new ones are refused for so long. */
  cutConnections(ms?: number): void;
  close(): Promise<void>;
}

const BUILT = path.join(import.meta.dirname, '../../out/renderer');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** As strict as the hosts' own. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export async function startFakeLab(options: FakeLabOptions = {}): Promise<FakeLab> {
  if (!existsSync(BUILT)) throw new Error('The window is not built yet: npm run build');
  const state = new FakeState(options);
  const handler = new RPCHandler(fakeRouter(state));
  const sockets = new WebSocketServer({ noServer: true });
  let refusing = false;

  const server = createServer((request, response) => {
    answer(state, request, response).catch((thrown: unknown) => {
      const { kind, message, where, remedy } = asHarkError(thrown);
      response.writeHead(kind === 'not-found' ? 404 : 500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ kind, message, where: where ?? null, remedy: remedy ?? null }));
    });
  });
  server.on('upgrade', (request, socket, head) => {
    if (refusing) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (ws) => void handler.upgrade(ws));
  });
  await new Promise<void>((resolve) => server.listen(state.options.port, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    state,
    cutConnections(ms = 0) {
      refusing = ms > 0;
      if (refusing) setTimeout(() => (refusing = false), ms);
      for (const ws of sockets.clients) ws.terminate();
    },
    async close() {
      state.stop();
      for (const ws of sockets.clients) ws.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(state: FakeState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://lab');
  const send = (type: string, body: Uint8Array, headers: Record<string, string | number> = {}, status = 200) => {
    response.writeHead(status, {
      'content-type': type,
      'content-length': body.length,
      'cache-control': 'no-store',
      ...headers,
    });
    response.end(body);
  };

  const [, clipId, what] = /^\/bulk\/clips\/(\d+)\/(audio\.wav|peaks|spectrogram)$/.exec(url.pathname) ?? [];
  if (clipId) {
    const failure = state.failureOf(`bulk.${what}`);
    if (failure) throw failure;
    const { clip } = state.clip(Number(clipId));
    if (clip.missing)
      throw new HarkError('not-found', 'The file is not there any more.', {
        where: clip.file,
        remedy: 'Find the dataset’s files again on its page.',
      });
    const sound = soundOf(clip);
    if (what === 'audio.wav') return sendRange(request, response, Buffer.from(encodeWav([sound], clip.sampleRate)));
    const octets = 'application/octet-stream';
    if (what === 'peaks') {
      const runs = runsOf(signalOf([sound], 1), 0);
      const points = Number(url.searchParams.get('points'));
      return send(octets, new Uint8Array(peaksOf(runs, [null], 0, sound.length, points).buffer));
    }
    const { pixels, ...facts } = spectrogramPicture(sound, clip.sampleRate, readQuery(url.searchParams));
    const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return send(
      octets,
      pixels,
      Object.fromEntries(Object.entries(facts).map(([name, value]) => [`x-${dashed(name)}`, String(value)])),
    );
  }
  const rows = state.maps.get(/^\/bulk\/maps\/(\w+)$/.exec(url.pathname)?.[1] ?? '');
  if (rows)
    return send('application/octet-stream', new Uint8Array(rows.buffer), {
      'x-clips': rows.length / (2 + 2 * NEIGHBOURS),
      'x-neighbours': NEIGHBOURS,
    });
  if (url.pathname.startsWith('/bulk/reports/'))
    return send('text/html', Buffer.from('<!doctype html><title>Report</title><h1>Report</h1>'));

  const file = path.join(BUILT, url.pathname === '/' ? 'index.html' : path.normalize(url.pathname));
  const body = await readFile(file).catch(() => {
    throw new HarkError('not-found', `Not found: ${url.pathname}`);
  });
  send(TYPES[path.extname(file)] ?? 'application/octet-stream', body, {
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
  });
}

function readQuery(values: URLSearchParams): SpectrogramQuery {
  const number = (name: string) => Number(values.get(name));
  return {
    width: number('width'),
    height: number('height'),
    nFft: number('nFft'),
    fMin: number('fMin'),
    fMax: values.has('fMax') ? number('fMax') : null,
    scale: values.get('scale') as SpectrogramQuery['scale'],
    floorDb: number('floorDb'),
    ceilingDb: number('ceilingDb'),
  };
}

/** A browser seeks in a sound only where ranges are answered. */
function sendRange(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const start = from ? Number(from) : 0;
  const end = to ? Math.min(Number(to), body.length - 1) : body.length - 1;
  response.writeHead(from ? 206 : 200, {
    'content-type': 'audio/wav',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(from ? { 'content-range': `bytes ${start}-${end}/${body.length}` } : {}),
  });
  response.end(body.subarray(start, end + 1));
}

if (process.argv[1] === import.meta.filename) {
  const lab = await startFakeLab({ port: Number(process.env['PORT'] ?? 0) });
  console.log(lab.url);
}
