import type { PointerEvent } from 'react';

/** A place in an element, CSS pixels from its upper left corner. */
export interface Place {
  x: number;
  y: number;
}

/** Pixels a press may move and still be a click. */
const STILL = 3;

interface Drag {
  /** Called from the moment on the pointer has moved far enough to mean it. */
  move?(place: Place, event: globalThis.PointerEvent): void;
  /** `moved`: it was a drag; else a click. Not called where the pointer was taken away. */
  end?(place: Place, moved: boolean, event: globalThis.PointerEvent): void;
  cancel?(): void;
}

/** Where an event lies in an element. */
export function placeIn(element: Element, event: { clientX: number; clientY: number }): Place {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** Follows the pointer from a press to its end, also outside the element; Escape gives it up. */
export function followPointer(event: PointerEvent<HTMLElement>, { move, end, cancel }: Drag): void {
  const element = event.currentTarget;
  const from = placeIn(element, event);
  let moved = false;
  element.setPointerCapture(event.pointerId);
  const onMove = (next: globalThis.PointerEvent) => {
    const place = placeIn(element, next);
    moved ||= Math.hypot(place.x - from.x, place.y - from.y) > STILL;
    if (moved) move?.(place, next);
  };
  const stop = () => {
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onCancel);
    window.removeEventListener('keydown', onKey, true);
  };
  const onUp = (last: globalThis.PointerEvent) => {
    stop();
    end?.(placeIn(element, last), moved, last);
  };
  const onCancel = () => {
    stop();
    cancel?.();
  };
  const onKey = (key: KeyboardEvent) => {
    if (key.key !== 'Escape') return;
    key.stopPropagation();
    onCancel();
  };
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onCancel);
  window.addEventListener('keydown', onKey, true);
}
