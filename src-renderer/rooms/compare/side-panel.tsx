import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useLayout } from '../../app/layout.ts';
import classes from './compare.module.css';

const NARROWEST = 340;
const STEP = 24;

interface Props {
  /** Under which its width is remembered. */
  name: string;
  label: string;
  /** To begin with, CSS pixels. */
  width: number;
  children: ReactNode;
}

/** A panel at the right with an edge that can be dragged, or moved by arrow keys; its width is remembered. */
export function SidePanel({ name, label, width, children }: Props) {
  const size = useLayout((state) => state.sizes[name]) ?? width;
  const drag = useRef<{ x: number; size: number } | null>(null);
  const set = (wanted: number) => {
    const widest = Math.max(NARROWEST, window.innerWidth * 0.6);
    const next = Math.round(Math.min(widest, Math.max(NARROWEST, wanted)));
    useLayout.setState(({ sizes }) => ({ sizes: { ...sizes, [name]: next } }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(size + step);
  };
  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, size };
  };
  return (
    <>
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${label}`}
        aria-valuenow={size}
        aria-valuemin={NARROWEST}
        tabIndex={0}
        className={classes.grip}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={(event) => drag.current && set(drag.current.size + drag.current.x - event.clientX)}
        onPointerUp={() => (drag.current = null)}
      />
      <aside aria-label={label} style={{ width: size, minHeight: 0 }}>
        {children}
      </aside>
    </>
  );
}
