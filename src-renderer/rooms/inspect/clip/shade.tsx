import { useLayoutEffect, useRef } from 'react';
import type { AttentionView } from '#shared/contract/inspect.ts';
import type { Saliency } from '../../../client/bulk.ts';
import { frequencyAtShare, type FrequencyRange } from '../../../parts/sound/axis.ts';
import classes from '../inspect.module.css';

/** How dark a spectrogram becomes where a network does not listen. */
const DARKEST = 0.82;
/** Of the cells that speak for a class, those beyond this share are as bright as can be. */
const BRIGHT = 0.95;
/** Rows the shade is made of: the bands of frequency are wider. */
const ROWS = 160;

/** Pixels over the spectrogram, a column a frame. */
interface Shade {
  frames: number;
  rows: number;
  /** RGBA as the canvas has it, [rows, frames] from the top. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Only frames that weigh much stay bright. */
export function shadeOfAttention({ weights }: AttentionView): Shade {
  const most = Math.max(...weights);
  const pixels = new Uint8ClampedArray(weights.length * 4);
  weights.forEach((weight, t) => (pixels[4 * t + 3] = 255 * DARKEST * (1 - weight / most)));
  return { frames: weights.length, rows: 1, pixels };
}

/**
 * Only what speaks for the class stays bright. The brightness goes with the root, and the greatest few cells share the brightest, so that
 * more than those are seen.
 * @param range of the spectrogram's axis
 */
export function shadeOfSaliency({ frames, edges, values }: Saliency, range: FrequencyRange): Shade {
  const bands = edges.length - 1;
  const pixels = new Uint8ClampedArray(frames * ROWS * 4);
  const above = values.filter((value) => value > 0).sort();
  const most = above[Math.round((above.length - 1) * BRIGHT)] ?? 1;
  for (let row = 0; row < ROWS; row++) {
    const hertz = frequencyAtShare(1 - (row + 0.5) / ROWS, range);
    // Beyond the bands the network hears nothing.
    const band = edges.findIndex((edge, index) => index < bands && hertz >= edge && hertz < edges[index + 1]);
    for (let t = 0; t < frames; t++) {
      const speaks = band < 0 ? 0 : Math.min(1, Math.max(0, values[t * bands + band]) / most);
      pixels[4 * (row * frames + t) + 3] = 255 * DARKEST * (1 - Math.sqrt(speaks));
    }
  }
  return { frames, rows: ROWS, pixels };
}

interface Props {
  shade: Shade;
  /** Seconds: middle of the first frame, and from frame to frame. */
  start: number;
  hop: number;
  /** Of the clip, seconds. */
  duration: number;
  /** What is seen, for those who cannot. */
  label: string;
}

/** A shade over the spectrogram, frame upon frame. */
export function ShadeOver({ shade: { frames, rows, pixels }, start, hop, duration, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const surface = canvas.current!;
    surface.width = frames;
    surface.height = rows;
    surface.getContext('2d')!.putImageData(new ImageData(pixels, frames, rows), 0, 0);
  }, [frames, rows, pixels]);
  const [from, width] = [(start - hop / 2) / duration, (frames * hop) / duration];
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={classes.shade}
      style={{ left: `${100 * from}%`, width: `${100 * width}%` }}
    />
  );
}
