import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useLayout } from '../../../app/layout.ts';
import { followPointer } from './pointer.ts';
import classes from './view.module.css';

const NAME = 'studio.wave';
/** Per cent of the height of both pictures that the waveform has. */
const INITIAL = 32;
const [LEAST, MOST] = [10, 80];

const shareIn = (sizes: Record<string, number>) => sizes[NAME] ?? INITIAL;

/** The waveform's share of the height, 0 to 1. */
export const useWaveShare = (): number => useLayout((state) => shareIn(state.sizes)) / 100;

/** Between waveform and spectrogram: moved by mouse and arrow keys, remembered. */
export function LaneDivider() {
  const share = useLayout((state) => shareIn(state.sizes));
  const bar = useRef<HTMLDivElement>(null);
  const set = (next: number) => {
    const held = Math.max(LEAST, Math.min(MOST, next));
    useLayout.setState(({ sizes }) => ({ sizes: { ...sizes, [NAME]: held } }));
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const [before, after] = [bar.current?.previousElementSibling, bar.current?.nextElementSibling];
    if (!before || !after) return;
    const top = before.getBoundingClientRect().top;
    const height = after.getBoundingClientRect().bottom - top;
    followPointer(event, { move: (_place, moved) => set((100 * (moved.clientY - top)) / height) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowUp: share - 4, ArrowDown: share + 4, Home: INITIAL }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  };
  return (
    <div
      ref={bar}
      className={classes.divider}
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the waveform"
      aria-valuenow={Math.round(share)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      title="Drag to resize, double-click to reset"
      onPointerDown={onPointerDown}
      onDoubleClick={() => set(INITIAL)}
      onKeyDown={onKeyDown}
    />
  );
}
