import { useEffect } from 'react';
import { useSelection } from '../../../app/selection.ts';
import { useAction } from '../../../app/use-action.ts';
import { player } from '../../../parts/player.ts';
import { useStudio, type Selection } from '../state.ts';
import type { OpenSound } from './layers.ts';
import { isSpan } from './select.ts';

/** A press of an arrow moves the playhead by this share of what is in sight. */
const STRIDE = 1 / 50;

/** The band that is heard alone; null: all. */
function bandOf(selection: Selection | null, bandOnly: boolean): string | null {
  if (!bandOnly || !isSpan(selection) || selection.fMin === null || selection.fMax === null) return null;
  return `${Math.round(selection.fMin)}-${Math.round(selection.fMax)}`;
}

/** The player hears what the view shows: the sound as edited or previewed, the selection as its part, its band alone if so wished. */
export function usePlayback(sound: OpenSound, ready: boolean): void {
  const autoplay = useSelection((state) => state.autoplay) ?? false;
  useAction('player.autoplay', () => useSelection.setState({ autoplay: !autoplay }));
  const band = useStudio(({ selection, bandOnly }) => bandOf(selection, bandOnly));
  useEffect(() => {
    if (!ready) return;
    const [bandMin, bandMax] = band?.split('-').map(Number) ?? [];
    // A band from 0 Hz on has no lower edge.
    player.load(sound.clip, sound.duration, { ...sound.query, bandMin: bandMin || undefined, bandMax });
  }, [sound, ready, band]);
  useEffect(() => {
    if (ready && autoplay) void player.playFrom(0);
    // Only a new clip is played, not one whose sound or settings have changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [sound.clip, ready]);
  useEffect(() => {
    const follow = ({ selection, view }: ReturnType<typeof useStudio.getState>) => {
      player.setPart(isSpan(selection) ? { start: selection.start, end: selection.end } : null);
      player.stride = Math.max(1 / sound.sampleRate, (view.end - view.start) * STRIDE);
    };
    follow(useStudio.getState());
    return useStudio.subscribe(follow);
  }, [sound]);
  useEffect(() => () => player.unload(), []);
}
