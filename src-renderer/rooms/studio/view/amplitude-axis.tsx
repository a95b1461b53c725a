import { useSize } from '../../../parts/sound/use-size.ts';
import classes from './view.module.css';

/** dB below full scale that an axis may name, loudest first. */
const LEVELS = [0, -3, -6, -12, -18, -24, -36, -48];
const APART = 13;

/** Levels beside a waveform, dB below full scale, above and below the line of silence. */
export function AmplitudeAxis({ amplitude }: { amplitude: number }) {
  const { ref, height } = useSize<HTMLDivElement>();
  const half = height / 2;
  const named: { db: number; away: number }[] = [];
  for (const db of LEVELS) {
    const exact = 10 ** (db / 20) * amplitude * half;
    // The outermost figures stand inside the picture.
    const away = Math.min(exact, half - 6);
    const last = named.at(-1)?.away ?? Infinity;
    if (exact <= half + 0.5 && away >= APART && last - away >= APART) named.push({ db, away });
  }
  return (
    <div ref={ref} className={classes.amplitudes} aria-hidden>
      {height > 0 &&
        named.flatMap(({ db, away }) =>
          [1, -1].map((sign) => (
            <span key={`${db}/${sign}`} style={{ top: half - sign * away }}>
              {String(db).replace('-', '−')}
            </span>
          )),
        )}
      {height > 0 && <span style={{ top: half }}>−∞ dB</span>}
    </div>
  );
}
