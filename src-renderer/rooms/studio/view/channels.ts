import type { OpenSound } from './layers.ts';

type Chosen = number | 'mix' | null;

/** The channels that have a waveform of their own, from the top; [null]: the mix. */
export function channelsShown({ channels }: Pick<OpenSound, 'channels'>, chosen: Chosen): (number | null)[] {
  if (channels === 1 || chosen === 'mix') return [null];
  if (chosen !== null && chosen < channels) return [chosen];
  return Array.from({ length: channels }, (_, channel) => channel);
}

/** The channel whose spectrogram is shown; null: the mix of all. */
export const spectrogramChannel = (chosen: Chosen): number | null => (typeof chosen === 'number' ? chosen : null);
