import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { Contract } from '#shared/contract/index.ts';
import { ConnectionLost } from './errors.ts';
import { SteadyLink } from './link.ts';
import { inElectron, openPort, openSocket } from './wires.ts';

/** Calls the lab directly; every failure is a HarkError. */
export const client: ContractRouterClient<Contract> = createORPCClient(
  new SteadyLink(inElectron ? openPort : openSocket),
);

/** Query and mutation options of every call, e.g. `useQuery(api.library.datasets.queryOptions())`. */
export const api = createTanstackQueryUtils(client);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What changes is told by `lab.changes`; nothing has to be asked again by the clock.
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // The lab is on this machine: being offline must not hold a query back.
      networkMode: 'always',
      retry: (_count, error) => error instanceof ConnectionLost,
      retryDelay: 200,
    },
    mutations: { networkMode: 'always' },
  },
});
