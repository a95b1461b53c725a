import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Where one looks on the curves, and over how many steps; kept on this machine. */
export const useActivations = create<{ x: number; steps: number }>()(
  persist(() => ({ x: 1, steps: 10 }), { name: 'hark.inspect.activations' }),
);

/** Of the axis of x. */
export const RANGE = { min: -6, max: 6 } as const;
export const STEPS = { min: 1, max: 50 } as const;
