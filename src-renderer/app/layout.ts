import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Layout {
  narrowRail: boolean;
  /** Sizes of panels in CSS pixels, by the panel's name. */
  sizes: Record<string, number>;
}

/** How the person has arranged the window; kept on this machine. */
export const useLayout = create<Layout>()(
  persist((): Layout => ({ narrowRail: false, sizes: {} }), { name: 'hark.layout' }),
);
