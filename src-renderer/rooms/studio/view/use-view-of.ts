import { useEffect, useRef } from 'react';
import { useDragged } from '../regions/change.ts';
import { useHabits, useStudio } from '../state.ts';
import type { OpenSound } from './layers.ts';
import type { Stage } from './stage.ts';
import { heldView } from './viewport.ts';

/** Begins a clip with all of it in sight and nothing selected, holds view and selection within it, draws what changes. */
export function useViewOf(sound: OpenSound, stage: Stage): void {
  const clip = useRef<number | null>(null);
  useEffect(() => {
    const { view, selection } = useStudio.getState();
    if (clip.current === sound.clip) {
      const held = selection && {
        ...selection,
        start: Math.min(selection.start, sound.duration),
        end: Math.min(selection.end, sound.duration),
      };
      useStudio.setState({ view: heldView(view, sound), selection: held });
    } else
      useStudio.setState({
        view: { start: 0, end: sound.duration },
        frequencies: null,
        selection: null,
        region: null,
        naming: null,
        preview: null,
        upTo: null,
        ghosts: [],
        bandOnly: false,
      });
    clip.current = sound.clip;
  }, [sound]);
  useEffect(() => {
    const stops = [useStudio, useDragged, useHabits].map((store) => store.subscribe(stage.invalidate));
    return () => stops.forEach((stop) => stop());
  }, [stage]);
}
