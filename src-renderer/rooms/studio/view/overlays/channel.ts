import { useStudio } from '../../state.ts';
import { channelsShown, spectrogramChannel } from '../channels.ts';
import type { OpenSound } from '../layers.ts';
import type { Overlay } from './kinds.ts';

type Chosen = number | 'mix' | null;

/** The channel an overlay's values are told of: the one it is drawn of, of several waveforms the topmost; null: the mix. */
export const channelOf = ({ lane }: Overlay, sound: OpenSound, chosen: Chosen): number | null =>
  lane === 'waveform' ? channelsShown(sound, chosen)[0] : spectrogramChannel(chosen);

export function useChannelOf(overlay: Overlay, sound: OpenSound): number | null {
  return channelOf(
    overlay,
    sound,
    useStudio((state) => state.channel),
  );
}
