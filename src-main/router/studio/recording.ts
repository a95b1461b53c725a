import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { notYet } from './not-yet.ts';

export function recordingRoom(services: Services) {
  return {
    begin: os.recording.begin.handler(() => notYet(services)),
    append: os.recording.append.handler(() => notYet(services)),
    keep: os.recording.keep.handler(() => notYet(services)),
    discard: os.recording.discard.handler(() => notYet(services)),
  };
}
