import { request } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '#shared/contract/index.ts';
import type { HarkError } from '#shared/domain/errors.ts';
import { nodeHost } from '#main/hosts/node-host.ts';
import { type House, openHouse } from '#main/hosts/open-house.ts';
import { startWebServer, type WebServer } from '#main/hosts/web-server.ts';
import { temporaryFolder } from '../support/lab.ts';

let house: House;
let server: WebServer;
let fresh: string[];

beforeEach(async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'window'));
  writeFileSync(path.join(folder, 'window/index.html'), '<title>Hark</title>');
  house = await openHouse(nodeHost('web'), path.join(folder, 'lab'));
  fresh = [];
  server = await startWebServer({
    router: house.router,
    bulk: house.bulk,
    folder: path.join(folder, 'window'),
    port: 0,
    onFreshLink: (url) => fresh.push(url),
  });
  return async () => {
    await server.close();
    await house.close();
  };
});

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request with any headers: `fetch` would not let a test name another host. */
function get(pathname: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: server.port, path: pathname, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on('error', reject).end();
  });
}

const tokenPath = () => server.link().slice(`http://127.0.0.1:${server.port}`.length);

async function enter(): Promise<{ cookie: string }> {
  const { headers } = await get(tokenPath());
  return { cookie: String(headers['set-cookie']).split(';')[0] };
}

describe('the door', () => {
  test('the printed link lets a browser in, once', async () => {
    const link = tokenPath();
    const first = await get(link);
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect((await get('/', { cookie: String(first.headers['set-cookie']).split(';')[0] })).body).toContain('Hark');
    const again = await get(link);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('whoever knocks without a session is told how to get in, and the terminal has a fresh link that works', async () => {
    const spent = tokenPath();
    await get(spent);
    const { status, body } = await get(spent);
    expect(status).toBe(403);
    expect(body).toContain('fresh one that Hark has just printed in its terminal');
    expect(fresh).toHaveLength(1);
    expect((await get(new URL(fresh[0]).pathname + new URL(fresh[0]).search)).status).toBe(303);
  });

  test('without a session nothing is answered, bulk data included', async () => {
    for (const pathname of ['/', '/index.html', '/bulk/clips/1/audio.wav', '/nothing'])
      expect((await get(pathname)).status, pathname).toBe(403);
  });

  test('a name other than its own is refused even with a session', async () => {
    const session = await enter();
    expect((await get('/', session)).status).toBe(200);
    expect((await get('/', { ...session, host: `localhost:${server.port}` })).status).toBe(200);
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', `127.0.0.1:${server.port + 1}`])
      expect((await get('/', { ...session, host })).status, host).toBe(403);
  });

  test('a request of a page elsewhere is refused even with a session', async () => {
    const session = await enter();
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${server.port + 1}`])
      expect((await get('/', { ...session, origin })).status, origin).toBe(403);
  });

  test('only GET and HEAD are answered', async () => {
    const session = await enter();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await get('/', session, method)).status, method).toBe(405);
    expect(await get('/', session, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  test('a guessed token, or the token anywhere but in the address, opens nothing', async () => {
    const { searchParams } = new URL(server.link());
    const token = searchParams.get('token')!;
    expect((await get(`/?token=${'A'.repeat(token.length)}`)).status).toBe(403);
    expect((await get(`/index.html?token=${token}`)).status).toBe(403);
    expect((await get('/', { authorization: `Bearer ${token}` })).status).toBe(403);
    expect((await get(`/?token=${token}`)).status).toBe(303);
  });

  test('listens on the loopback alone', async () => {
    expect(new URL(server.link()).hostname).toBe('127.0.0.1');
  });

  test('what goes out carries the security headers, refusals included', async () => {
    for (const reply of [await get('/'), await get('/', await enter())])
      expect(reply.headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
        'x-content-type-options': 'nosniff',
      });
  });

  test('an address that cannot be read is refused and the host goes on', async () => {
    const session = await enter();
    expect((await get('//', session)).status).toBeGreaterThanOrEqual(400);
    expect((await get('http://[', session)).status).toBeGreaterThanOrEqual(400);
    expect((await get('/', session)).status).toBe(200);
  });

  test('a port in use is said in words', async () => {
    await expect(
      startWebServer({ router: house.router, bulk: house.bulk, folder: '.', port: server.port, onFreshLink: () => {} }),
    ).rejects.toThrow(expect.objectContaining({ kind: 'conflict', where: '--port' }) as HarkError);
  });
});

describe('the socket', () => {
  const sockets: WebSocket[] = [];
  afterEach(() => sockets.splice(0).forEach((socket) => socket.terminate()));

  /** Opens a socket as a browser would, and tells how that ended. */
  function open(headers: Record<string, string>, pathname = '/rpc'): Promise<WebSocket | 'refused'> {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${pathname}`, { headers });
    sockets.push(socket);
    return new Promise((resolve) => {
      socket.on('open', () => resolve(socket));
      socket.on('error', () => resolve('refused'));
    });
  }
  const own = () => `http://127.0.0.1:${server.port}`;

  test('answers calls of the window’s own page with its session', async () => {
    const socket = await open({ ...(await enter()), origin: own() });
    if (socket === 'refused') throw new Error('the window’s own socket was refused');
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket as never }));
    expect(await client.lab.info()).toMatchObject({ host: 'web', nativeDialogs: false, datasets: 0 });
  });

  test('a failure arrives with its kind, place and remedy', async () => {
    const socket = await open({ ...(await enter()), origin: own() });
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket as never }));
    await expect(client.library.statistics({ dataset: 7 })).rejects.toMatchObject({
      code: 'HARK',
      data: { kind: 'not-found', where: 'dataset 7', remedy: expect.any(String) as string },
    });
    await expect(client.files.choose({ kind: 'folder' })).rejects.toMatchObject({ data: { kind: 'unavailable' } });
  });

  test.each<[string, () => Promise<Record<string, string>>]>([
    ['no session', () => Promise.resolve({ origin: own() })],
    ['a made-up session', () => Promise.resolve({ origin: own(), cookie: `hark-${server.port}=${'A'.repeat(43)}` })],
    ['another page’s origin', async () => ({ ...(await enter()), origin: 'http://evil.example' })],
    ['another port’s origin', async () => ({ ...(await enter()), origin: `http://127.0.0.1:${server.port + 1}` })],
    ['no origin', enter],
    ['another name', async () => ({ ...(await enter()), origin: own(), host: 'evil.example' })],
  ])('refuses %s', async (_, headers) => {
    expect(await open(await headers())).toBe('refused');
  });

  test('answers at its own path only', async () => {
    expect(await open({ ...(await enter()), origin: own() }, '/other')).toBe('refused');
  });
});
