import { useEffect, useLayoutEffect, useRef, type HTMLAttributes, type ReactNode } from 'react';
import { useStudio } from '../state.ts';
import { useStage } from './stage.ts';
import classes from './view.module.css';
import type { Viewport } from './viewport.ts';

/** A lane's canvas for one frame: cleared, one unit a CSS pixel, with the span in sight. */
export interface Frame {
  ctx: CanvasRenderingContext2D;
  view: Omit<Viewport, 'frequencies'>;
  /** Device pixels of a CSS pixel. */
  scale: number;
}

interface Props extends HTMLAttributes<HTMLDivElement> {
  paint: (frame: Frame) => void;
  children?: ReactNode;
}

/** One canvas over the span in sight, drawn anew with every frame in which anything has changed; React has no part in that. */
export function Lane({ paint, children, className = '', ...rest }: Props) {
  const stage = useStage();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const newest = useRef(paint);
  useLayoutEffect(() => {
    newest.current = paint;
    stage.invalidate();
  });
  useEffect(() => {
    const surface = canvas.current!;
    const ctx = surface.getContext('2d')!;
    const size = { width: 0, height: 0 };
    const observer = new ResizeObserver(([{ contentRect }]) => {
      size.width = contentRect.width;
      size.height = contentRect.height;
      stage.invalidate();
    });
    observer.observe(box.current!);
    const take = stage.add(() => {
      const { width, height } = size;
      if (width < 1 || height < 1) return;
      const scale = devicePixelRatio;
      const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
      if (surface.width !== across) surface.width = across;
      if (surface.height !== down) surface.height = down;
      ctx.setTransform(scale, 0, 0, scale, 0, 0);
      ctx.clearRect(0, 0, width, height);
      newest.current({ ctx, view: { ...useStudio.getState().view, width, height }, scale });
    });
    return () => {
      observer.disconnect();
      take();
    };
  }, [stage]);
  return (
    <div ref={box} className={`${classes.lane} ${className}`} {...rest}>
      <canvas ref={canvas} aria-hidden />
      {children}
    </div>
  );
}
