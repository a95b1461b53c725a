import { Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { CLIPS_FROM, dbfs } from './level.ts';
import classes from './record.module.css';
import { onHeard, useRecorder } from './recorder.ts';

/** dB below full scale at the left end of the meter. */
const FLOOR = -72;
/** dB that the peak's mark sinks in a second, and seconds that the lamp stays lit. */
const SINK = 20;
const LAMP_SECONDS = 2;
/** The words under the meter change so many milliseconds apart at most. */
const WORDS_MS = 250;

const share = (db: number): number => Math.max(0, Math.min(1, 1 - db / FLOOR));
const words = (db: number): string => (db <= FLOOR ? `below ${FLOOR}` : db.toFixed(1)).replace('-', '−');

/** How loud it is: RMS as a bar, the peak as a mark, and a lamp for what reaches full scale. `silence`: where silence begins, dB. */
export function Meter({ silence }: { silence: number }) {
  const listening = useRecorder(({ microphone }) => microphone === 'on');
  const bar = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState({ peak: -Infinity, rms: -Infinity, clipping: false });
  useEffect(() => {
    let [peak, clippedAt, toldAt, at] = [-Infinity, -Infinity, 0, performance.now()];
    return onHeard((level) => {
      const time = performance.now();
      const rms = dbfs(level.rms);
      peak = Math.max(dbfs(level.peak), peak - (SINK * (time - at)) / 1000);
      at = time;
      if (level.peak >= CLIPS_FROM) clippedAt = time;
      if (bar.current) bar.current.style.transform = `scaleX(${share(rms)})`;
      if (mark.current) mark.current.style.left = `${100 * share(peak)}%`;
      if (time - toldAt < WORDS_MS) return;
      toldAt = time;
      setShown({ peak, rms, clipping: time - clippedAt < 1000 * LAMP_SECONDS });
    });
  }, []);
  return (
    <div>
      <div
        className={classes.meter}
        role="meter"
        aria-label="Level of the microphone"
        aria-valuemin={FLOOR}
        aria-valuemax={0}
        aria-valuenow={Math.round(Math.max(FLOOR, Math.min(0, shown.rms)))}
        aria-valuetext={`${words(shown.rms)} dBFS RMS, peak ${words(shown.peak)} dBFS${shown.clipping ? ', clipping' : ''}`}
      >
        <div ref={bar} className={classes.meterBar} />
        <div ref={mark} className={classes.meterPeak} />
        <div
          className={classes.meterSilence}
          style={{ left: `${100 * share(silence)}%` }}
          title={`Silence: below ${words(silence)} dBFS`}
        />
      </div>
      <div className={classes.meterWords}>
        <Text size="xs" c="dimmed" className="hark-numbers">
          {listening ? `RMS ${words(shown.rms)} dBFS · peak ${words(shown.peak)} dBFS` : 'The microphone is off.'}
        </Text>
        <span className={classes.lamp} data-lit={shown.clipping || undefined}>
          {shown.clipping ? 'Clipping' : 'No clipping'}
        </span>
      </div>
    </div>
  );
}
