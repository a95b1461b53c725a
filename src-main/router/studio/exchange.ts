import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { notYet } from './not-yet.ts';

export function exchangeHandlers(services: Services) {
  return {
    exportLabels: os.studio.exportLabels.handler(() => notYet(services)),
    importLabels: os.studio.importLabels.handler(() => notYet(services)),
  };
}
