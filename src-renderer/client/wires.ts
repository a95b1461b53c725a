import type { ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';

/** One connection to the main process, as long as it stands. */
export interface Wire {
  readonly link: ClientLink<Record<never, never>>;
  /** Settles when the connection has ended, for whatever reason. */
  readonly closed: Promise<void>;
}

/** True in Electron, where the window comes from Hark's own protocol instead of a web server. */
export const inElectron = !location.protocol.startsWith('http');

/** The web host: one WebSocket beside the page. @throws when it cannot be opened */
export async function openSocket(): Promise<Wire> {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}/rpc`);
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve(), { once: true }));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('The lab does not answer.')), { once: true });
  });
  return { link: new SocketLink({ websocket: socket }), closed };
}

/** Electron: the window asks, the preload answers with one end of a channel to the main process. */
export async function openPort(): Promise<Wire> {
  const port = await new Promise<MessagePort>((resolve) => {
    const take = (event: MessageEvent<unknown>) => {
      if (event.source !== window || event.data !== 'hark:port' || event.ports.length !== 1) return;
      window.removeEventListener('message', take);
      resolve(event.ports[0]);
    };
    window.addEventListener('message', take);
    window.postMessage('hark:connect', '*');
  });
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve(), { once: true }));
  port.start();
  return { link: new PortLink({ port }), closed };
}
