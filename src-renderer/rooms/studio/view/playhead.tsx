import { useEffect, useRef, type KeyboardEvent } from 'react';
import { duration as durationWords } from '../../../parts/format.ts';
import { player } from '../../../parts/player.ts';
import { useHabits, useStudio } from '../state.ts';
import { forwardKey } from './forward-key.ts';
import type { OpenSound } from './layers.ts';
import { followTo } from './navigate.ts';
import { useStage } from './stage.ts';
import classes from './view.module.css';
import { secondsToX } from './viewport.ts';

/** The one playhead over all lanes; as a slider it is the keyboard's place in the view. */
export function Playhead({ sound }: { sound: OpenSound }) {
  const stage = useStage();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      const head = line.current;
      const frame = head?.parentElement;
      if (!head || !frame) return;
      const time = Math.min(player.time, sound.duration);
      const x = secondsToX(time, { ...useStudio.getState().view, width: frame.clientWidth });
      head.style.transform = `translateX(${Math.max(-12, Math.min(frame.clientWidth + 12, x))}px)`;
      head.ariaValueNow = time.toFixed(3);
      head.ariaValueText = durationWords(time);
    };
    const take = stage.add(place);
    const stop = player.onTime((seconds) => {
      if (player.useStore.getState().playing && useHabits.getState().follow) followTo(sound, seconds);
      place();
    });
    return () => {
      take();
      stop();
    };
  }, [stage, sound]);
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowLeft: () => player.step(-1),
      ArrowRight: () => player.step(1),
      ' ': () => player.toggle(),
    };
    const plain = !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey);
    if (plain && event.key in moves) moves[event.key]();
    else if (!forwardKey(event)) return;
    event.preventDefault();
  };
  return (
    <div
      ref={line}
      className={classes.playhead}
      role="slider"
      tabIndex={0}
      data-studio-focus
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={sound.duration}
      aria-valuenow={0}
      onKeyDown={onKeyDown}
    />
  );
}
