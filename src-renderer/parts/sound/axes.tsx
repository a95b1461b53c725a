import { frequency, significant } from '../format.ts';
import { frequencyTicks, linearTicks, niceStep, shareOfFrequency, type FrequencyRange } from './axis.ts';
import classes from './sound.module.css';

/** Frequencies beside a spectrogram, in Hz and kHz. */
export function FrequencyAxis({ range, height }: { range: FrequencyRange; height: number }) {
  return (
    <div className={classes.frequencies} style={{ height }} aria-hidden>
      {frequencyTicks(range, height).map((hz) => (
        <span key={hz} style={{ bottom: shareOfFrequency(hz, range) * height }}>
          {hz === 0 ? '0' : frequency(hz)}
        </span>
      ))}
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
