import type { MemoryTask } from '#shared/domain/memory.ts';
import type { MadeTask } from '../types.ts';
import { adding } from './adding.ts';
import { delayedRecall } from './delayed-recall.ts';
import { phoneOrder } from './phone-order.ts';

/** How the sequences of each task are made. */
export const TASKS: Record<MemoryTask, MadeTask> = {
  'delayed-recall': delayedRecall,
  adding,
  'phone-order': phoneOrder,
};
