import type { ClipMap } from '#shared/domain/clip-map.ts';
import { percent, splitPath } from '../../../parts/format.ts';
import type { LaidOut } from './use-map.ts';
import { toScreen, type Frame, type View } from './view.ts';
import classes from './map.module.css';

interface Props {
  laidOut: LaidOut;
  place: number;
  view: View;
  frame: Frame;
}

/** What lies under the pointer, beside it. */
export function PointWords({ laidOut: { view: map, points }, place, view, frame }: Props) {
  const { truth, predicted, probability, speaker, file } = map.clips[place];
  const { x, y } = toScreen(view, frame, { x: points[2 * place], y: points[2 * place + 1] });
  return (
    <output
      className={classes.pointWords}
      data-left={x > frame.width / 2 || undefined}
      data-up={y > frame.height / 2 || undefined}
      style={{ left: x, top: y }}
    >
      <b>{truth}</b>
      {predicted !== truth && <span className={classes.wrong}> heard as {predicted}</span>}, {percent(probability, 2)}
      {speaker !== null && ` · ${speaker}`}
      <br />
      <span className={classes.dim}>{splitPath(file).name}</span>
    </output>
  );
}

/** A point for those who do not see it. */
export function pointInWords({ view }: LaidOut, place: number, marked: ReadonlySet<number>): string {
  const { clip, truth, predicted, speaker, file } = view.clips[place];
  const answer = truth === predicted ? 'answered right' : `answered ${predicted}`;
  return [truth, answer, speaker, splitPath(file).name, marked.has(clip) && 'marked'].filter(Boolean).join(', ');
}

/** What the axes are, where they are something. */
export function AxisNames({ view: { axes } }: { view: ClipMap }) {
  if (!axes) return null;
  return (
    <>
      <span className={classes.axisX}>PC 1 ({percent(axes[0])})</span>
      <span className={classes.axisY}>PC 2 ({percent(axes[1])})</span>
    </>
  );
}
