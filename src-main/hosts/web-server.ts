import { RPCHandler } from '@orpc/server/ws';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { HarkError } from '#shared/domain/errors.ts';
import { type Answer, text } from '#main/router/answer.ts';
import type { BulkRoutes } from '#main/router/bulk.ts';
import type { HarkRouter } from '#main/router/router.ts';
import { Gate } from './gate.ts';
import { isOwnHost, isOwnOrigin, ownHosts, securityHeaders } from './security.ts';
import { serveStatic } from './static-files.ts';

const LARGEST_MESSAGE = 16 * 1024 * 1024;

export interface WebServerOptions {
  router: HarkRouter;
  bulk: BulkRoutes;
  /** The built window. */
  folder: string;
  /** 0: any free one. */
  port: number;
  /** Hears the address again when somebody without a session knocks. */
  onFreshLink(url: string): void;
}

export interface WebServer {
  readonly port: number;
  /** An address that lets one browser in. */
  link(): string;
  close(): Promise<void>;
}

/**
 * The web host's server, on the loopback alone: the window's files, bulk data and the calls' socket, all behind one gate.
 * @throws HarkError `conflict` when the port is taken, `bad-input` when it may not be used
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const server = createServer({ requestTimeout: 30_000 });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const gate = new Gate(port);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, perMessageDeflate: false });
  const calls = new RPCHandler(options.router);
  const ownSockets = ownHosts(port).map((host) => `ws://${host}`);
  const link = () => `http://127.0.0.1:${port}/?token=${gate.token}`;

  server.on('request', (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    answer(request, gone.signal)
      .catch((): Answer => text(500, 'Hark failed to answer this request.'))
      .then((found) => send(request, response, securityHeaders(pathOf(request), ownSockets), found))
      .catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => {
    const { host, origin, cookie } = request.headers;
    const welcome =
      pathOf(request) === '/rpc' && isOwnHost(host, port) && isOwnOrigin(origin, port) && gate.knows(cookie);
    if (!welcome) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (webSocket) => void calls.upgrade(webSocket));
  });

  async function answer(request: IncomingMessage, signal: AbortSignal): Promise<Answer> {
    const { method = 'GET', headers: asked } = request;
    if (!isOwnHost(asked.host, port)) return text(403, 'Hark answers under its own address only.');
    if (asked.origin !== undefined && !isOwnOrigin(asked.origin, port))
      return text(403, 'Hark answers its own window only.');
    if (method !== 'GET' && method !== 'HEAD') return text(405, 'Hark answers GET here.', { allow: 'GET, HEAD' });
    const url = URL.parse(request.url ?? '/', `http://127.0.0.1:${port}`);
    if (!url) return text(400, 'This address cannot be read.');
    const token = url.pathname === '/' ? url.searchParams.get('token') : null;
    if (token !== null && !gate.knows(asked.cookie)) {
      const admission = gate.admit(token);
      if (admission.admitted) return { ...text(303, ''), headers: { location: '/', 'set-cookie': admission.cookie } };
    }
    if (!gate.knows(asked.cookie)) {
      if (url.pathname === '/') options.onFreshLink(link());
      return stranger();
    }
    if (token !== null) return { ...text(303, ''), headers: { location: '/' } };
    if (url.pathname.startsWith('/bulk/'))
      return options.bulk({ path: url.pathname, query: url.searchParams, range: asked.range ?? null, signal });
    return serveStatic(options.folder, url.pathname);
  }

  return {
    port,
    link,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The path asked for; `//` where the address cannot be read, which nothing answers to. */
function pathOf(request: IncomingMessage): string {
  return URL.parse(request.url ?? '/', 'http://127.0.0.1')?.pathname ?? '//';
}

/** One sentence for a browser that has no session: a link is good once, and where to get the next. */
function stranger(): Answer {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hark</title><body><p>This link to Hark has been used or is not complete: open the fresh one that Hark has just printed in its terminal.</p></body></html>\n`;
  return text(403, body, { 'content-type': 'text/html; charset=utf-8' });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  common: Record<string, string>,
  { status, headers, body }: Answer,
): void {
  const length = body === null ? 0 : Buffer.byteLength(body);
  response.writeHead(status, { ...common, ...headers, 'content-length': headers['content-length'] ?? length });
  response.end(request.method === 'HEAD' ? undefined : (body ?? undefined));
}

function refuse(socket: Duplex): void {
  socket.on('error', () => {});
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new HarkError(
          error.code === 'EADDRINUSE' ? 'conflict' : 'bad-input',
          error.code === 'EADDRINUSE' ? `Port ${port} is in use.` : `Port ${port} cannot be used.`,
          { where: '--port', remedy: 'Choose another, or leave --port out for a free one.', cause: error },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
}
