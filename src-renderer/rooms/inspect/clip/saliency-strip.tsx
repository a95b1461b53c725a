import { useMemo } from 'react';
import type { Saliency } from '../../../client/bulk.ts';
import { frequency, significant } from '../../../parts/format.ts';
import { HeatMap } from '../../../parts/heat/heat-map.tsx';
import { colourGradient } from '../../../parts/sound/colours.ts';
import type { Strip } from '../../../parts/sound/sound-view.tsx';
import { scaleOf } from './scale.ts';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

const HEIGHT = 120;

interface Options {
  network: InsideNetwork;
  duration: number;
  names: readonly string[];
  dark: boolean;
}

/** What of the sound speaks for a class, and against it: time x frequency, low frequencies at the foot. */
export function saliencyStrip({ network, duration, names, dark }: Options): Strip {
  const { run, saliency } = network;
  const id = `${run.id} saliency`;
  if (!saliency)
    return { id, height: HEIGHT, picture: null, gutter: <div className={classes.name} aria-busy="true" /> };
  const { frames, edges, values, start, hop, target, output, baseline } = saliency;
  const bands = edges.length - 1;
  const bandAt = (down: number) => Math.max(0, bands - 1 - Math.floor(down * bands));
  const frameAt = (seconds: number) => Math.max(0, Math.min(frames - 1, Math.round((seconds - start) / hop)));
  const { low, high, colours } = scaleOf('unbounded', values, dark);
  return {
    ...{ id, height: HEIGHT },
    gutter: (
      <div className={classes.name}>
        <span title="Above 0 (orange) speaks for it, below 0 (blue) against it; the sum is what the clip adds to the logit">
          <b>Speaks for “{names[target]}”</b>
        </span>
        <div>
          <div className={classes.scale} style={{ background: colourGradient(colours) }} />
          <div className={`${classes.ends} ${classes.dim}`}>
            <span>{significant(low, 2)}</span>
            <span>{significant(high, 2)}</span>
          </div>
        </div>
        <span className={classes.dim}>
          logit {significant(output)}, {significant(baseline)} without the clip
        </span>
        <span className={classes.dim}>
          {frequency(Math.round(edges[0]))} to {frequency(Math.round(edges[bands]))}
        </span>
      </div>
    ),
    picture: (
      <SaliencyPicture
        saliency={saliency}
        dark={dark}
        from={(start - hop / 2) / duration}
        to={(start + (frames - 0.5) * hop) / duration}
        label={`What speaks for ${names[target]}, ${bands} bands of frequency over ${frames} frames`}
      />
    ),
    words(seconds, down) {
      const band = bandAt(down);
      const value = values[frameAt(seconds) * bands + band];
      return `${frequency(Math.round(edges[band]))} to ${frequency(Math.round(edges[band + 1]))}: ${significant(value)}`;
    },
  };
}

interface PictureProps {
  saliency: Saliency;
  dark: boolean;
  from: number;
  to: number;
  label: string;
}

function SaliencyPicture({ saliency: { values, frames, edges }, dark, from, to, label }: PictureProps) {
  const bands = edges.length - 1;
  const heat = useMemo(() => ({ values, frames, units: bands }), [values, frames, bands]);
  const scale = useMemo(() => scaleOf('unbounded', values, dark), [values, dark]);
  const order = useMemo(() => Int32Array.from({ length: bands }, (_, row) => bands - 1 - row), [bands]);
  return <HeatMap {...{ heat, scale, order, from, to, label }} />;
}
