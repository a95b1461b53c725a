import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { notYet } from './not-yet.ts';

export function editHandlers(services: Services) {
  return {
    edit: os.studio.edit.handler(() => notYet(services)),
    keepEdits: os.studio.keepEdits.handler(() => notYet(services)),
    split: os.studio.split.handler(() => notYet(services)),
  };
}
