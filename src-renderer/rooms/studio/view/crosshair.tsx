import { useEffect, useRef, type RefObject } from 'react';
import { crosshairWords } from '../../../parts/sound/axes.tsx';
import { useStudio } from '../state.ts';
import type { OpenSound } from './layers.ts';
import { overlayWords } from './overlays/words.ts';
import { shownRange } from './range.ts';
import { useStage } from './stage.ts';
import classes from './view.module.css';
import { xToSeconds, yToFrequency } from './viewport.ts';

/** Lines through the pointer over all lanes, and what they mean: seconds, sample, Hz. */
export function Crosshair({ frame, sound }: { frame: RefObject<HTMLElement | null>; sound: OpenSound }) {
  const stage = useStage();
  const across = useRef<HTMLDivElement>(null);
  const upright = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const show = (shown: boolean, spectrogram = false) => {
      upright.current!.hidden = !shown;
      words.current!.hidden = !shown;
      across.current!.hidden = !spectrogram;
    };
    let last: PointerEvent | null = null;
    const onMove = (event: PointerEvent) => {
      last = event;
      const lane = (event.target as Element).closest<HTMLElement>('[data-lane]');
      if (!lane) return show(false);
      const box = lane.getBoundingClientRect();
      const outer = element.getBoundingClientRect();
      const spectrogram = lane.dataset['lane'] === 'spectrogram';
      const x = event.clientX - box.left;
      const seconds = xToSeconds(x, { ...useStudio.getState().view, width: box.width });
      if (seconds < 0 || seconds > sound.duration) return show(false);
      const hertz = spectrogram
        ? yToFrequency(event.clientY - box.top, shownRange(sound.sampleRate), box.height)
        : null;
      show(true, spectrogram);
      upright.current!.style.transform = `translateX(${event.clientX - outer.left}px)`;
      across.current!.style.transform = `translateY(${event.clientY - outer.top}px)`;
      words.current!.textContent = [
        crosshairWords(seconds, hertz),
        `sample ${Math.round(seconds * sound.sampleRate)}`,
        ...overlayWords(seconds, lane.dataset['lane']),
      ].join(' · ');
      words.current!.toggleAttribute('data-left', x > box.width / 2);
    };
    const onLeave = () => {
      last = null;
      show(false);
    };
    // What lies under a pointer at rest changes with the view.
    const take = stage.add(() => last && onMove(last));
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerleave', onLeave);
    return () => {
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerleave', onLeave);
      take();
    };
  }, [frame, sound, stage]);
  return (
    <>
      <div ref={upright} className={classes.crossX} hidden />
      <div ref={across} className={classes.crossY} hidden />
      <output ref={words} className={classes.crossWords} hidden />
    </>
  );
}
