import type { CSSProperties } from 'react';
import { frequency, significant } from '../format.ts';
import { frequencyTicks, linearTicks, niceStep, shareOfFrequency, type FrequencyRange } from './axis.ts';
import classes from './sound.module.css';

/** Half the height of a tick's name, px. */
const HALF_NAME = 6;

/** Frequencies beside a spectrogram, in Hz and kHz. */
export function FrequencyAxis({ range, height }: { range: FrequencyRange; height: number }) {
  return (
    <div className={classes.frequencies} style={{ height }} aria-hidden>
      {frequencyTicks(range, height).map((hz) => {
        const bottom = shareOfFrequency(hz, range) * height;
        // The name of an outermost tick stays inside; its mark is where the frequency is.
        const down = bottom - Math.min(Math.max(bottom, HALF_NAME), height - HALF_NAME);
        return (
          <span key={hz} style={{ bottom, '--down': `${down}px` } as CSSProperties}>
            {hz === 0 ? '0' : frequency(hz)}
          </span>
        );
      })}
    </div>
  );
}

/** Seconds under a picture of a whole clip. */
export function TimeAxis({ duration, width }: { duration: number; width: number }) {
  const wanted = Math.max(2, width / 70);
  const step = niceStep(0, duration, wanted);
  const decimals = Math.max(0, -Math.floor(Math.log10(step)));
  return (
    <div className={classes.times} aria-hidden>
      {linearTicks(0, duration, wanted).map((seconds) => (
        <span
          key={seconds}
          data-last={seconds > 0.96 * duration || undefined}
          style={{ left: `${(100 * seconds) / duration}%` }}
        >
          {seconds === 0 ? '0 s' : seconds.toFixed(decimals)}
        </span>
      ))}
    </div>
  );
}

/** What lies under the pointer. */
export const crosshairWords = (seconds: number, hertz: number | null): string =>
  `${seconds.toFixed(3)} s${hertz === null ? '' : ` · ${hertz < 1000 ? `${significant(hertz)} Hz` : `${significant(hertz / 1000, 4)} kHz`}`}`;
