import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ColourMap } from '#shared/math/colour-maps.ts';
import { fetchSpectrogram, type SpectrogramPicture } from '../../client/bulk.ts';
import { Failure } from '../failure.tsx';
import { frequency, significant } from '../format.ts';
import { fftLengthFor, stepped, type FrequencyRange } from './axis.ts';
import { colourWords } from './colours.ts';
import classes from './sound.module.css';
import { useSpectrogramSettings, type SpectrogramSettings } from './spectrogram-settings.ts';
import { useSize } from './use-size.ts';

interface Props {
  clip: number;
  /** Hz. */
  sampleRate: number;
  /** CSS pixels. */
  height: number;
}

/** The range of frequencies a clip's picture shows under the settings in force. */
export function rangeFor(
  { scale, fMin, fMax, windowSeconds }: SpectrogramSettings,
  sampleRate: number,
): FrequencyRange {
  const top = Math.min(fMax ?? Infinity, sampleRate / 2);
  // A logarithmic axis has no zero: it begins at the first bin of the FFT.
  const lowest = scale === 'log' ? sampleRate / fftLengthFor(sampleRate, windowSeconds) : 0;
  const bottom = Math.min(Math.max(fMin, lowest), top - 1);
  return { scale, fMin: bottom, fMax: top };
}

/** A clip's spectrogram as the lab computes it, with its analysis printed on it; the former picture is stretched meanwhile. */
export function Spectrogram({ clip, sampleRate, height }: Props) {
  const { ref, width } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const settings = useSpectrogramSettings();
  const range = rangeFor(settings, sampleRate);
  const query = {
    width: stepped(width * devicePixelRatio, 128, 2048),
    height: stepped(height * devicePixelRatio, 64, 1024),
    nFft: fftLengthFor(sampleRate, settings.windowSeconds),
    ...range,
    floorDb: settings.floorDb,
    ceilingDb: settings.ceilingDb,
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
      {picture.data && <span className={classes.printed}>{analysisWords(picture.data, settings)}</span>}
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

/** What the picture rests on: window, its length, hop, range and decibels. */
function analysisWords(
  { window, nFft, hopLength, fMin, fMax }: SpectrogramPicture,
  { scale, floorDb, ceilingDb }: SpectrogramSettings,
): string {
  const decibels = (value: number) => String(value).replace('-', '−');
  return [
    `${window} ${nFft}`,
    `hop ${significant(hopLength)} samples`,
    `${frequency(fMin)} to ${frequency(fMax)}, ${scale}`,
    `${decibels(floorDb)} to ${decibels(ceilingDb)} dB`,
  ].join(' · ');
}
