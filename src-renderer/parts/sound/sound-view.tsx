import { useViewportSize } from '@mantine/hooks';
import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { duration as durationWords } from '../format.ts';
import { player } from '../player.ts';
import { FrequencyAxis, TimeAxis, crosshairWords } from './axes.tsx';
import { frequencyAtShare } from './axis.ts';
import classes from './sound.module.css';
import { Spectrogram } from './spectrogram.tsx';
import { rangeFor, useSpectrogramSettings } from './spectrogram-settings.ts';
import { useSize } from './use-size.ts';
import { Waveform } from './waveform.tsx';

/** A picture under the spectrogram, on the same axis of time. */
export interface Strip {
  id: string;
  /** CSS pixels. */
  height: number;
  /** What it shows, beside it. */
  gutter: ReactNode;
  picture: ReactNode;
  /** What lies at a time and at a share of its height from the top. */
  words?: (seconds: number, down: number) => string;
  /** A press does this instead of playing from there. */
  onPress?: (seconds: number, down: number) => void;
}

interface Props {
  clip: number;
  /** Of its sound, so that no picture of what it was before an edit is shown; left out where clips are not edited. */
  version: string;
  /** Seconds. */
  duration: number;
  /** Hz. */
  sampleRate: number;
  waveHeight?: number;
  /** CSS pixels; else what the window has room for. */
  spectrogramHeight?: number;
  strips?: readonly Strip[];
  /** Over the spectrogram. */
  over?: ReactNode;
  /** Room for axes and what strips are called, CSS pixels. */
  gutterWidth?: number;
}

/** Waveform over spectrogram, on one time axis under one playhead; a click plays from there. */
export function SoundView({
  clip,
  version,
  duration,
  sampleRate,
  waveHeight = 84,
  strips = [],
  over,
  gutterWidth,
  ...props
}: Props) {
  const { height: windowHeight } = useViewportSize();
  const spectrogramHeight = props.spectrogramHeight ?? Math.round(Math.max(160, Math.min(0.28 * windowHeight, 420)));
  const settings = useSpectrogramSettings();
  const range = rangeFor(settings, sampleRate);
  const { ref, width } = useSize<HTMLDivElement>();
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null);

  const secondsAt = (x: number) => (duration * Math.min(Math.max(0, x), width)) / (width || 1);
  const place = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const below = pointer === null ? -1 : pointer.y - waveHeight;
  const hertz = below < 0 || below > spectrogramHeight ? null : frequencyAtShare(1 - below / spectrogramHeight, range);
  const stripAt = (y: number): { strip: Strip; down: number } | null => {
    let top = waveHeight + spectrogramHeight;
    for (const strip of strips) {
      if (y >= top && y < top + strip.height) return { strip, down: (y - top) / strip.height };
      top += strip.height;
    }
    return null;
  };
  const words = (x: number, y: number): string => {
    const at = stripAt(y);
    const more = at?.strip.words?.(secondsAt(x), at.down);
    return [crosshairWords(secondsAt(x), hertz), more].filter(Boolean).join(' · ');
  };

  return (
    <div
      className={classes.view}
      style={gutterWidth === undefined ? undefined : ({ '--gutter': `${gutterWidth}px` } as CSSProperties)}
    >
      <div className={classes.gutter}>
        <div style={{ height: waveHeight }} />
        <FrequencyAxis range={range} height={spectrogramHeight} />
        {strips.map(({ id, height, gutter }) => (
          <div key={id} className={classes.stripName} style={{ height }}>
            {gutter}
          </div>
        ))}
      </div>
      <div>
        <div
          ref={ref}
          className={classes.pictures}
          onPointerMove={(event) => setPointer(place(event))}
          onPointerLeave={() => setPointer(null)}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            const { x, y } = place(event);
            const at = stripAt(y);
            if (at?.strip.onPress) return at.strip.onPress(secondsAt(x), at.down);
            player.load(clip, duration, { v: version });
            void player.playFrom(secondsAt(x));
          }}
        >
          <Waveform clip={clip} version={version} duration={duration} height={waveHeight} />
          <Spectrogram clip={clip} version={version} sampleRate={sampleRate} height={spectrogramHeight}>
            {over}
          </Spectrogram>
          {strips.map(({ id, height, picture }) => (
            <div key={id} className={classes.strip} style={{ height }}>
              {picture}
            </div>
          ))}
          {pointer && (
            <>
              <div className={classes.crossX} style={{ left: pointer.x }} />
              {(hertz !== null || stripAt(pointer.y)) && <div className={classes.crossY} style={{ top: pointer.y }} />}
              <output
                className={classes.crossWords}
                data-left={pointer.x > width / 2 || undefined}
                // In a high stack the words go with the pointer, or they would be out of sight.
                style={strips.length > 0 ? { top: Math.max(4, pointer.y - 24) } : undefined}
              >
                {words(pointer.x, pointer.y)}
              </output>
            </>
          )}
          <Playhead clip={clip} duration={duration} />
        </div>
        <TimeAxis duration={duration} width={width} />
      </div>
    </div>
  );
}

/** The one playhead; also the keyboard's way to move it. */
function Playhead({ clip, duration }: { clip: number; duration: number }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      player.onTime((seconds) => {
        if (!line.current) return;
        const mine = player.useStore.getState().clip === clip;
        const shown = mine ? Math.min(seconds, duration) : 0;
        line.current.style.left = `${(100 * shown) / duration}%`;
        line.current.ariaValueNow = shown.toFixed(2);
        line.current.ariaValueText = durationWords(shown);
      }),
    [clip, duration],
  );
  const onKey = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowLeft: () => player.step(-1),
      ArrowRight: () => player.step(1),
      Home: () => player.seek(0),
      End: () => player.seek(duration),
      ' ': () => player.toggle(),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    move();
  };
  return (
    <div
      ref={line}
      className={classes.playhead}
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={duration}
      aria-valuenow={0}
      onKeyDown={onKey}
    />
  );
}
