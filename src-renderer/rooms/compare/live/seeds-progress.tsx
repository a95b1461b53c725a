import type { RunView } from '#shared/domain/run.ts';
import { useCellStyle } from '../../../parts/cells.ts';
import { count, plural } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { STATE_WORDS } from '../words.ts';
import { runShare, totalShare } from './shares.ts';
import classes from './live.module.css';

/** All seeds of one cell in one card: a small bar each, and where the one at hand is. */
export function SeedsProgress({ runs }: { runs: readonly RunView[] }) {
  const { colour, name } = useCellStyle()(runs[0].cell);
  const ended = runs.filter((run) => run.state === 'done' || run.state === 'stopped').length;
  const current =
    runs.find((run) => run.state === 'training') ?? runs.find((run) => run.state !== 'waiting' && runShare(run) < 1);
  const broken = runs.filter((run) => run.error !== null);
  const pace = current?.state === 'training' ? (current.progress?.clipsPerSecond ?? null) : null;
  return (
    <div className={classes.run}>
      <div className={classes.runHead}>
        <CellName cell={runs[0].cell} />
        <span className={classes.dim}>
          {ended} of {plural(runs.length, 'seed')}
        </span>
        <span className={classes.state}>
          {ended === runs.length ? STATE_WORDS.done : STATE_WORDS[current?.state ?? 'waiting']}
        </span>
      </div>
      <div
        className={classes.bars}
        role="progressbar"
        aria-label={`${name}, ${runs.length} seeds`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(totalShare({ runs }) * 100)}
      >
        {runs.map((run) => (
          <div key={run.id} className={classes.track} title={`seed ${run.seed}: ${STATE_WORDS[run.state]}`}>
            <div style={{ width: `${runShare(run) * 100}%`, background: colour }} />
          </div>
        ))}
      </div>
      <div className={classes.runFacts}>
        {current && (
          <span>
            seed {current.seed}, epoch {current.epochs.length} of {current.training.epochs}
          </span>
        )}
        {pace !== null && <span>{count(pace)} clips / s</span>}
      </div>
      {broken.map((run) => (
        <div key={run.id} className={classes.error}>
          Seed {run.seed}: {run.error}
        </div>
      ))}
    </div>
  );
}
