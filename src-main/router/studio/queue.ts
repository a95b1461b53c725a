import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { notYet } from './not-yet.ts';

export function queueHandlers(services: Services) {
  return {
    queue: os.studio.queue.handler(() => notYet(services)),
    findSuspects: os.studio.findSuspects.handler(() => notYet(services)),
    suspects: os.studio.suspects.handler(() => notYet(services)),
    judgeSuspect: os.studio.judgeSuspect.handler(() => notYet(services)),
  };
}
