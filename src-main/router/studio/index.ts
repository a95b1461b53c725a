import type { Services } from '../services.ts';
import { clipHandlers } from './clips.ts';
import { editHandlers } from './edits.ts';
import { exchangeHandlers } from './exchange.ts';
import { labelHandlers } from './labels.ts';
import { queueHandlers } from './queue.ts';
import { soundHandlers } from './sound.ts';

/** The studio's room, a file to each of its subjects. */
export function studioRoom(services: Services) {
  return {
    ...clipHandlers(services),
    ...editHandlers(services),
    ...soundHandlers(services),
    ...labelHandlers(services),
    ...exchangeHandlers(services),
    ...queueHandlers(services),
  };
}
