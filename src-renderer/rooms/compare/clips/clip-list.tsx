import type { CellClip } from '#shared/contract/compare.ts';
import { ChoiceList } from '../../../parts/choice-list.tsx';
import { duration, percent } from '../../../parts/format.ts';
import classes from './clips.module.css';

const ROW = 26;

interface Props {
  clips: readonly CellClip[];
  index: number;
  /** Runs that may have said so. */
  seeds: number;
  onChoose: (index: number) => void;
}

/** The clips of a cell. A cell was chosen in the matrix: from here on the arrows walk its clips. */
export function ClipList({ clips, index, seeds, onChoose }: Props) {
  return (
    <ChoiceList
      label="Clips"
      scope="compare"
      className={classes.list}
      focused
      count={clips.length}
      rowHeight={ROW}
      {...{ index, onChoose }}
      row={(at) => {
        const clip = clips[at];
        return {
          key: `${clip.clip}-${clip.predicted}`,
          className: classes.row,
          data: { 'data-missing': clip.missing || undefined },
          content: <ClipCells clip={clip} seeds={seeds} />,
        };
      }}
    />
  );
}

function ClipCells({ clip, seeds }: { clip: CellClip; seeds: number }) {
  return (
    <>
      <span className="hark-ellipsis" title={clip.file}>
        {clip.file}
      </span>
      <span className={classes.said}>
        <span className={classes.truth}>{clip.truth}</span> →{' '}
        <span className={classes.prediction}>{clip.predicted}</span>
      </span>
      <span className={classes.number}>{percent(clip.probability)}</span>
      {seeds > 1 && (
        <span className={classes.number} title={`Said so with seed ${clip.seeds.join(', ')}`}>
          {clip.seeds.length} of {seeds}
        </span>
      )}
      <span className={classes.number}>{clip.missing ? 'missing' : duration(clip.duration)}</span>
      {clip.label !== clip.truth && <span className={classes.mended}>now {clip.label}</span>}
    </>
  );
}
