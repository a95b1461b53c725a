import { useEffect, type RefObject } from 'react';
import { useStudio } from '../state.ts';
import type { OpenSound } from './layers.ts';
import { scroll, scrollFrequencies, zoom, zoomFrequencies } from './navigate.ts';
import { placeIn } from './pointer.ts';
import { shownRange } from './range.ts';
import { secondsPerPixel, xToSeconds, yToFrequency } from './viewport.ts';

/** Pixels that a line of a wheel stands for. */
const LINE = 16;
/** A wheel's click (100 pixels) zooms by a quarter. */
const ZOOM = Math.log(1.25) / 100;

/** Ctrl+wheel and pinch zoom time at the pointer, Shift+wheel scrolls it, Alt+wheel zooms frequencies, a plain wheel scrolls what can be. */
export function useWheelOn(lanes: RefObject<HTMLElement | null>, sound: OpenSound): void {
  useEffect(() => {
    const frame = lanes.current;
    if (!frame) return;
    const onWheel = (event: WheelEvent) => {
      const element = (event.target as Element).closest<HTMLElement>('[data-lane]');
      if (!element) return;
      // By hand, since React listens to wheels without the right to hold them back.
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      const [across, down] = [event.deltaX * unit, event.deltaY * unit];
      const { x, y } = placeIn(element, event);
      const { clientWidth: width, clientHeight: height } = element;
      const view = { ...useStudio.getState().view, width };
      const spectrogram = element.dataset['lane'] === 'spectrogram';
      if (event.ctrlKey || event.metaKey) zoom(sound, Math.exp((down || across) * ZOOM), xToSeconds(x, view));
      else if (event.altKey) {
        const hz = spectrogram ? yToFrequency(y, shownRange(sound.sampleRate), height) : undefined;
        zoomFrequencies(sound, Math.exp((down || across) * ZOOM), hz);
      } else if (event.shiftKey || Math.abs(across) > Math.abs(down))
        scroll(sound, (across || down) * secondsPerPixel(view));
      else if (!(spectrogram && scrollFrequencies(sound, -down / height))) scroll(sound, down * secondsPerPixel(view));
    };
    frame.addEventListener('wheel', onWheel, { passive: false });
    return () => frame.removeEventListener('wheel', onWheel);
  }, [lanes, sound]);
}
