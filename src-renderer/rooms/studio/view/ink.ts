import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useState } from 'react';

const NAMES = {
  wave: '--hark-studio-wave',
  well: '--hark-well',
  edge: '--hark-edge',
  accent: '--hark-played',
  playhead: '--hark-playhead',
  clipping: '--hark-wrong',
  panel: '--hark-panel',
  chosen: '--hark-chosen',
  text: '--mantine-color-text',
  dimmed: '--mantine-color-dimmed',
} as const;

/** The colours canvases draw with, as the scheme in use has them. */
export type Ink = Record<keyof typeof NAMES, string> & { font: string; dark: boolean };

export function readInk(): Ink {
  const style = getComputedStyle(document.body);
  const colours = Object.fromEntries(
    Object.entries(NAMES).map(([name, variable]) => [name, style.getPropertyValue(variable).trim()]),
  ) as Record<keyof typeof NAMES, string>;
  const dark = document.documentElement.dataset['mantineColorScheme'] !== 'light';
  return { ...colours, font: `11px ${style.fontFamily}`, dark };
}

export function useInk(): Ink {
  const scheme = useComputedColorScheme('dark');
  const [ink, setInk] = useState(readInk);
  // The attribute that the variables hang on is set in an effect too, before this one.
  useEffect(() => setInk(readInk()), [scheme]);
  return ink;
}
