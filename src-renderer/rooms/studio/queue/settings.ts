import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { QueueQuery } from '#shared/domain/queue.ts';

/** How the queue is worked; kept on this machine. */
interface QueueSettings extends Pick<QueueQuery, 'order' | 'seed' | 'states'> {
  /** Whether the key of a class also goes on to the next clip. */
  digitGoesOn: boolean;
}

export const useQueueSettings = create<QueueSettings>()(
  persist((): QueueSettings => ({ order: 'dataset', seed: 0, states: ['todo'], digitGoesOn: false }), {
    name: 'hark.queue',
  }),
);

export const ORDER_NAMES: Record<QueueQuery['order'], string> = {
  dataset: 'By file',
  random: 'At random',
  unsure: 'Least sure first',
  suspect: 'Most suspect first',
};
