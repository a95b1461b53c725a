import { create } from 'zustand';

/** What lies open over the rooms. */
export const useOverlays = create(() => ({ keys: false, history: false }));
