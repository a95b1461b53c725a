import { useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { fetchPeaks, type Peaks } from '../../client/bulk.ts';
import { Failure } from '../failure.tsx';
import { significant } from '../format.ts';
import { stepped } from './axis.ts';
import classes from './sound.module.css';
import { useSize } from './use-size.ts';

interface Props {
  clip: number;
  /** Of its sound. */
  version: string;
  /** Seconds. */
  duration: number;
  /** CSS pixels. */
  height: number;
}

/** The outline of a clip over its whole length, drawn as high as there is room; how loud it really is stands beside it. */
export function Waveform({ clip, version, duration, height }: Props) {
  const { ref, width } = useSize<HTMLDivElement>();
  const wave = useRef<WaveSurfer | null>(null);
  const scheme = useComputedColorScheme('dark');
  const points = stepped(width * devicePixelRatio, 256, 4096);
  const peaks = useQuery({
    queryKey: ['bulk', 'peaks', clip, version, points],
    queryFn: ({ signal }) => fetchPeaks(clip, { v: version, points }, signal),
    enabled: width > 0,
    // The same clip at another width may stay meanwhile; another clip may not.
    placeholderData: (before, query) => (query?.queryKey[2] === clip ? before : undefined),
  });

  useEffect(() => {
    const container = ref.current;
    if (!container) return;
    const created = WaveSurfer.create({
      container,
      height,
      waveColor: getComputedStyle(container).getPropertyValue('--hark-wave'),
      progressColor: 'transparent',
      cursorWidth: 0,
      interact: false,
      normalize: true,
      hideScrollbar: true,
    });
    wave.current = created;
    return () => created.destroy();
  }, [ref, height, scheme]);

  useEffect(() => {
    if (!wave.current) return;
    if (!peaks.data) return wave.current.empty();
    // The upper and the lower half have an outline each. A load that a later one overtakes is no error.
    wave.current.load('', [peaks.data.max, peaks.data.min], duration).catch(() => undefined);
  }, [peaks.data, duration, height, scheme]);

  return (
    <div className={classes.waveform} style={{ height }}>
      <div ref={ref} aria-hidden />
      {peaks.data && <span className={classes.printed}>{peakWords(peaks.data)}</span>}
      {peaks.error && <Failure error={peaks.error} title="The waveform could not be drawn" />}
    </div>
  );
}

/** The loudest sample against full scale. */
function peakWords({ min, max }: Peaks): string {
  let peak = 0;
  for (let i = 0; i < max.length; i++) peak = Math.max(peak, max[i], -min[i]);
  return peak === 0 ? 'silence' : `peak ${significant(20 * Math.log10(peak))} dB`;
}
