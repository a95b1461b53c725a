import { create } from 'zustand';

/** `connecting` until the first connection stands; `lost` when one broke and the next try is due. */
export interface Connection {
  state: 'connecting' | 'open' | 'lost';
  /** Tries since the last connection that stood. */
  tries: number;
  /** How often a connection has stood; a growing number means everything may have changed meanwhile. */
  generation: number;
}

export const useConnection = create<Connection>(() => ({ state: 'connecting', tries: 0, generation: 0 }));
