import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Contract } from '#shared/contract/index.ts';

/** The lab of an open window, called by the contract, as the window itself calls it. Closed when the test is over. */
export async function labOf(page: Page): Promise<ContractRouterClient<Contract>> {
  const { origin, host } = new URL(page.url());
  const cookies = await page.context().cookies(origin);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { origin, cookie } });
  onTestFinished(() => socket.close());
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return createORPCClient(new RPCLink({ websocket: socket as never }));
}
