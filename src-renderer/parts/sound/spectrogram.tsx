import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ColourMap } from '#shared/math/colour-maps.ts';
import { fetchSpectrogram, type SpectrogramPicture } from '../../client/bulk.ts';
import { Failure } from '../failure.tsx';
import { stepped } from './axis.ts';
import { colourWords } from './colours.ts';
import classes from './sound.module.css';
import { analysisFor, analysisWords, rangeFor, useSpectrogramSettings } from './spectrogram-settings.ts';
import { useSize } from './use-size.ts';

interface Props {
  clip: number;
  /** Of its sound. */
  version: string;
  /** Hz. */
  sampleRate: number;
  /** CSS pixels. */
  height: number;
  /** Over the picture. */
  children?: ReactNode;
}

/** A clip's spectrogram as the lab computes it, with its analysis printed on it; the former picture is stretched meanwhile. */
export function Spectrogram({ clip, version, sampleRate, height, children }: Props) {
  const { ref, width } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const settings = useSpectrogramSettings();
  const range = rangeFor(settings, sampleRate);
  const analysis = analysisFor(settings, sampleRate);
  const query = {
    v: version,
    width: stepped(width * devicePixelRatio, 128, 2048),
    height: stepped(height * devicePixelRatio, 64, 1024),
    ...analysis,
    ...range,
  };
  const picture = useQuery({
    queryKey: ['bulk', 'spectrogram', clip, query],
    queryFn: ({ signal }) => fetchSpectrogram(clip, query, signal),
    enabled: width > 0,
    gcTime: 60_000,
    placeholderData: (before, last) => (last?.queryKey[2] === clip ? before : undefined),
  });

  useEffect(() => {
    if (canvas.current && picture.data) paint(canvas.current, picture.data, settings.colours);
  }, [picture.data, settings.colours]);

  return (
    <div ref={ref} className={classes.spectrogram} style={{ height }} aria-busy={picture.isFetching}>
      <canvas ref={canvas} hidden={!picture.data} aria-hidden />
      {children}
      {picture.data && (
        <span className={classes.printed}>{analysisWords(analysis, range, picture.data.hopLength)}</span>
      )}
      {picture.error && <Failure error={picture.error} title="The spectrogram could not be computed" />}
    </div>
  );
}

function paint(canvas: HTMLCanvasElement, { pixels, width, height }: SpectrogramPicture, colours: ColourMap): void {
  const table = colourWords(colours);
  const image = new ImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let i = 0; i < words.length; i++) words[i] = table[pixels[i]];
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}
