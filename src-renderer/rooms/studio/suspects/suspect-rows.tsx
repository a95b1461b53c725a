import type { Suspect } from '#shared/domain/queue.ts';
import { ChoiceList } from '../../../parts/choice-list.tsx';
import { percent, splitPath } from '../../../parts/format.ts';
import classes from './suspects.module.css';

const ROW = 30;
const VERDICTS: Record<Suspect['verdict'], string> = { open: '', accepted: 'accepted', refused: 'label is right' };

interface Props {
  suspects: readonly Suspect[];
  index: number;
  seeds: number;
  label: string;
  onChoose: (index: number) => void;
}

/** The suspects by rank; from the start on the arrows walk through them. */
export function SuspectRows({ suspects, index, seeds, label, onChoose }: Props) {
  return (
    <ChoiceList
      scope="suspects"
      className={classes.list}
      focused
      count={suspects.length}
      rowHeight={ROW}
      {...{ label, index, onChoose }}
      row={(at) => {
        const suspect = suspects[at];
        return {
          key: suspect.clip,
          className: classes.row,
          data: { 'data-verdict': suspect.verdict },
          content: <SuspectCells suspect={suspect} seeds={seeds} />,
        };
      }}
    />
  );
}

function SuspectCells({ suspect: row, seeds }: { suspect: Suspect; seeds: number }) {
  return (
    <>
      <span className={classes.rank}>{row.rank}</span>
      <span className="hark-ellipsis" title={row.file}>
        {splitPath(row.file).name}
      </span>
      <span className={classes.said}>
        <b className={classes.given}>{row.given}</b> {percent(row.givenProbability, 2)} →{' '}
        <b className={classes.likely}>{row.likely}</b> {percent(row.likelyProbability, 2)}
      </span>
      <span className={classes.seeds} title="Seeds that put another class first">
        {row.against} of {seeds}
      </span>
      <span className={classes.verdict}>{VERDICTS[row.verdict]}</span>
    </>
  );
}
