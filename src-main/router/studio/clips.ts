import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { notYet } from './not-yet.ts';

export function clipHandlers(services: Services) {
  return {
    open: os.studio.open.handler(() => notYet(services)),
  };
}
