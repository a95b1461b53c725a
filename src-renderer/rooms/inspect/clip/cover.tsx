import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type { Box } from '#shared/contract/inspect.ts';
import { player } from '../../../parts/player.ts';
import { frequencyAtShare, shareOfFrequency } from '../../../parts/sound/axis.ts';
import { rangeFor, useSpectrogramSettings } from '../../../parts/sound/spectrogram-settings.ts';
import { useInspect } from '../state.ts';
import classes from '../inspect.module.css';

/** Pixels a pointer moves before a press becomes a drag. */
const SLOP = 3;

interface Props {
  clip: number;
  duration: number;
  sampleRate: number;
}

/** Over the spectrogram: a drag covers a part of the clip, a click plays from there. */
export function Cover({ clip, duration, sampleRate }: Props) {
  const settings = useSpectrogramSettings();
  const range = rangeFor(settings, sampleRate);
  const box = useInspect((state) => state.box);
  const frame = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState<{ x: number; y: number } | null>(null);
  // What was covered of one clip says nothing of the next.
  useEffect(() => () => useInspect.setState({ box: null }), [clip]);

  const place = (event: PointerEvent) => {
    const { left, top, width, height } = frame.current!.getBoundingClientRect();
    const share = (value: number, size: number) => Math.min(1, Math.max(0, value / size));
    return { x: share(event.clientX - left, width), y: share(event.clientY - top, height) };
  };
  const boxTo = (to: { x: number; y: number }): Box => {
    const [left, right] = [Math.min(from!.x, to.x), Math.max(from!.x, to.x)];
    const [top, bottom] = [Math.min(from!.y, to.y), Math.max(from!.y, to.y)];
    return {
      ...{ start: left * duration, end: right * duration },
      ...{ low: frequencyAtShare(1 - bottom, range), high: frequencyAtShare(1 - top, range) },
    };
  };
  const dragged = (to: { x: number; y: number }) => {
    const { width, height } = frame.current!.getBoundingClientRect();
    return Math.hypot((to.x - from!.x) * width, (to.y - from!.y) * height) > SLOP;
  };
  return (
    <div
      ref={frame}
      className={classes.cover}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(place(event));
      }}
      onPointerMove={(event) => {
        if (!from) return;
        const to = place(event);
        if (dragged(to)) useInspect.setState({ box: boxTo(to) });
      }}
      onPointerUp={(event) => {
        if (!from) return;
        const to = place(event);
        if (!dragged(to)) {
          useInspect.setState({ box: null });
          void player.playFrom(to.x * duration);
        }
        setFrom(null);
      }}
      onPointerCancel={() => setFrom(null)}
    >
      {box && (
        <div
          className={classes.box}
          style={{
            left: `${(100 * box.start) / duration}%`,
            width: `${(100 * (box.end - box.start)) / duration}%`,
            bottom: `${100 * shareOfFrequency(box.low, range)}%`,
            height: `${100 * (shareOfFrequency(box.high, range) - shareOfFrequency(box.low, range))}%`,
          }}
        />
      )}
    </div>
  );
}
