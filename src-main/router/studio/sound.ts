import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { notYet } from './not-yet.ts';

export function soundHandlers(services: Services) {
  return {
    copy: os.studio.copy.handler(() => notYet(services)),
    findSounds: os.studio.findSounds.handler(() => notYet(services)),
    export: os.studio.export.handler(() => notYet(services)),
  };
}
