import { useLayoutEffect, useRef } from 'react';
import type { ColourMap, DivergingMap } from '#shared/math/colour-maps.ts';
import { colourWords } from '../sound/colours.ts';
import classes from './heat.module.css';

/** Values over time, one row of the picture a unit. */
export interface Heat {
  /** [frames, units] */
  values: Float32Array;
  frames: number;
  units: number;
}

/** What the ends of a colour map stand for. */
export interface Scale {
  low: number;
  high: number;
  colours: ColourMap | DivergingMap;
}

interface Props {
  heat: Heat;
  scale: Scale;
  /** Units from the top down. */
  order: Int32Array;
  /** Where frame 0 begins and the last one ends, as shares of the picture's width. */
  from: number;
  to: number;
  /** What is seen, for those who cannot. */
  label: string;
  /** What is drawn is still of something before. */
  stale?: boolean;
}

/** A heat map, time x unit: one pixel a value, stretched by the browser. */
export function HeatMap({ heat, scale, order, from, to, label, stale }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const surface = canvas.current!;
    surface.width = heat.frames;
    surface.height = heat.units;
    surface.getContext('2d')!.putImageData(heatImage(heat, scale, order), 0, 0);
  }, [heat, scale, order]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      aria-busy={stale || undefined}
      className={classes.map}
      style={{ left: `${100 * from}%`, width: `${100 * (to - from)}%` }}
    />
  );
}

/** The pixels of a heat map, [units, frames] from the top. */
export function heatImage(
  { values, frames, units }: Heat,
  { low, high, colours }: Scale,
  order: Int32Array,
): ImageData {
  const image = new ImageData(frames, units);
  const words = new Uint32Array(image.data.buffer);
  const table = colourWords(colours);
  const perStep = 255 / (high - low);
  for (let row = 0; row < units; row++) {
    const unit = order[row];
    for (let t = 0; t < frames; t++) {
      const step = Math.round((values[t * units + unit] - low) * perStep);
      words[row * frames + t] = table[step < 0 ? 0 : step > 255 ? 255 : step];
    }
  }
  return image;
}
