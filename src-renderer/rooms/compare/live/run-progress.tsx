import type { RunView } from '#shared/domain/run.ts';
import { useCellStyle } from '../../../parts/cells.ts';
import { bestEpoch } from '../../../parts/curves/series.ts';
import { count, significant } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { accuracy } from '../../../parts/results/numbers.ts';
import { STATE_WORDS } from '../words.ts';
import { runShare } from './shares.ts';
import classes from './live.module.css';

/** One run: where it is, what it has reached, whether it was taken up again. */
export function RunProgress({ run }: { run: RunView }) {
  const { colour, name } = useCellStyle()(run.cell);
  const share = runShare(run);
  const last = run.epochs.at(-1);
  const best = bestEpoch(run);
  const pace = run.progress?.clipsPerSecond ?? last?.clipsPerSecond ?? null;
  return (
    <div className={classes.run} data-state={run.state}>
      <div className={classes.runHead}>
        <CellName cell={run.cell} />
        <span className={classes.dim}>seed {run.seed}</span>
        <span className={classes.state}>{STATE_WORDS[run.state]}</span>
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={`${name}, seed ${run.seed}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <div style={{ width: `${share * 100}%`, background: colour }} />
      </div>
      <div className={classes.runFacts}>
        <span>
          epoch {run.epochs.length} of {run.training.epochs}
        </span>
        {last && <span>loss {significant(last.validationLoss ?? last.trainLoss)}</span>}
        {last && <span>{accuracy(last.validationAccuracy ?? last.trainAccuracy)}</span>}
        {best !== null && <span>best {best}</span>}
        {run.state === 'training' && pace !== null && <span>{count(pace)} clips / s</span>}
        {run.resumes > 0 && <span>resumed {run.resumes} ×</span>}
      </div>
      {run.error && <div className={classes.error}>{run.error}</div>}
    </div>
  );
}
