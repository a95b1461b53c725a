import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useLayout } from '../app/layout.ts';
import classes from './panels.module.css';

interface Props {
  /** Under which name the size is remembered. */
  name: string;
  /** Which of the two has the remembered size; the other takes the rest. */
  sized: 'first' | 'second';
  /** CSS pixels. */
  initial: number;
  min?: number;
  /** What the other one keeps at least. */
  rest?: number;
  first: ReactNode;
  /** null: there is only the first, and no divider; what is in it stays as it is. */
  second: ReactNode | null;
}

const STEP = 16;

/** Two panels side by side with a divider that mouse and arrow keys move; it is remembered. */
export function Panels({ name, sized, initial, min = 220, rest = 320, first, second }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useLayout((state) => state.sizes[name]) ?? initial;
  const grow = sized === 'first' ? 1 : -1;

  const resize = (wanted: number) => {
    const room = (frame.current?.clientWidth ?? Infinity) - rest;
    const next = Math.round(Math.max(min, Math.min(wanted, room)));
    useLayout.setState(({ sizes }) => ({ sizes: { ...sizes, [name]: next } }));
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    const from = event.clientX;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => resize(size + grow * (moved.clientX - from));
    const end = () => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -STEP * grow, ArrowRight: STEP * grow };
    if (event.key in steps) resize(size + steps[event.key]);
    else if (event.key === 'Home') resize(initial);
    else return;
    event.preventDefault();
  };

  const fixed = `minmax(${min}px, ${size}px)`;
  const other = `minmax(0, 1fr)`;
  return (
    <div
      ref={frame}
      className={classes.panels}
      style={{
        gridTemplateColumns:
          second === null ? other : sized === 'first' ? `${fixed} 5px ${other}` : `${other} 5px ${fixed}`,
      }}
    >
      <div className={classes.panel}>{first}</div>
      {second !== null && (
        <div
          className={classes.divider}
          role="separator"
          aria-orientation="vertical"
          aria-label={`Width of the ${sized} panel`}
          aria-valuenow={size}
          aria-valuemin={min}
          tabIndex={0}
          title="Drag to resize, double-click to reset"
          onPointerDown={drag}
          onDoubleClick={() => resize(initial)}
          onKeyDown={onKey}
        />
      )}
      {second !== null && <div className={classes.panel}>{second}</div>}
    </div>
  );
}
