import { queueClips, queueOf, stateCounts } from '#main/lab/queue.ts';
import { judgeSuspect } from '#main/lab/suspects.ts';
import { os } from '../implementer.ts';
import type { Services } from '../services.ts';

export function queueHandlers(services: Services) {
  const { lab, changes, suspects } = services;
  const { store } = lab;
  const { studio } = os;
  return {
    queue: studio.queue.handler(({ input }) => queueOf(store, input)),
    queueClips: studio.queueClips.handler(({ input }) => queueClips(store, input)),
    stateCounts: studio.stateCounts.handler(({ input }) => stateCounts(store, input.dataset)),
    findSuspects: studio.findSuspects.handler(({ input }) => ({ job: services.findSuspects(input).id })),
    suspects: studio.suspects.handler(({ input }) => suspects.view(input.dataset, input.limit)),
    judgeSuspect: studio.judgeSuspect.handler(({ input }) => {
      judgeSuspect(store, input.search, input.clip, input.verdict);
      changes.tell('studio', 'clips', 'history', 'datasets', 'comparisons');
      return {};
    }),
  };
}
