import { percent } from '../../../parts/format.ts';
import type { Course } from '../../../client/bulk.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import type { Strip } from '../../../parts/sound/sound-view.tsx';
import { worthACurve } from './decision.ts';
import { isThinned } from './use-courses.ts';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

const HEIGHT = 96;
const MOST_CURVES = 4;

interface Options {
  network: InsideNetwork;
  duration: number;
  names: readonly string[];
  truth: string;
}

/** The probability of each class, had the clip ended there; a line where the network made up its mind. */
export function courseStrip({ network, duration, names, truth }: Options): Strip {
  const { run, course, decision } = network;
  const id = `${run.id} course`;
  if (!course || !decision)
    return { id, height: HEIGHT, picture: null, gutter: <div className={classes.name} aria-busy="true" /> };
  const right = names.indexOf(truth);
  const shown = worthACurve(
    course,
    [right, decision.answer].filter((index) => index >= 0),
    MOST_CURVES,
  );
  const styles = shown.map((index, place) => styleOf(index, place, right, decision.answer));
  const xOf = (end: number) => (course.start + (end - 1) * course.hop) / duration;
  const rowAt = (seconds: number) => {
    const heard = (seconds - course.start) / course.hop + 1;
    const row = course.ends.findLastIndex((end) => end <= heard);
    return Math.max(0, row);
  };
  return {
    ...{ id, height: HEIGHT },
    gutter: (
      <div className={classes.name}>
        <span
          className={classes.network}
          title={`What it would say, had the clip ended there: 0 at the foot, 100 % at the top; asked after ${heardAfter(course)}`}
        >
          <CellName cell={run.cell} />
        </span>
        <div className={classes.legend}>
          {shown.map((index, place) => (
            <span key={index}>
              <svg width={18} height={6} aria-hidden>
                <line
                  x2={18}
                  y1={3}
                  y2={3}
                  stroke={styles[place].colour}
                  strokeDasharray={styles[place].dash}
                  strokeWidth={2}
                />
              </svg>
              <span className="hark-ellipsis">{names[index]}</span>
              <span className={classes.dim}>{percent(course.probabilities[index].at(-1)!, 2)}</span>
            </span>
          ))}
        </div>
      </div>
    ),
    picture: (
      <svg
        className={classes.course}
        aria-busy={network.stale.course || undefined}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Probabilities over time: ${names[decision.answer]} is the likeliest class from ${decision.seconds.toFixed(2)} s on`}
      >
        <line
          x1={xOf(decision.frames)}
          x2={xOf(decision.frames)}
          y1={0}
          y2={1}
          stroke="var(--mantine-color-iris-5)"
          strokeDasharray="2 3"
          vectorEffect="non-scaling-stroke"
        />
        {shown.toReversed().map((index) => {
          const { colour, dash } = styles[shown.indexOf(index)];
          const points = [...course.ends].map(
            (end, row) => `${xOf(end)},${0.97 - 0.94 * course.probabilities[index][row]}`,
          );
          return (
            <polyline
              key={index}
              points={points.join(' ')}
              fill="none"
              stroke={colour}
              strokeDasharray={dash}
              strokeWidth={1.75}
              vectorEffect="non-scaling-stroke"
            />
          );
        })}
      </svg>
    ),
    words(seconds) {
      const row = rowAt(seconds);
      const best = shown.reduce((a, b) => (course.probabilities[b][row] > course.probabilities[a][row] ? b : a));
      return `${names[best]} ${percent(course.probabilities[best][row])}`;
    },
  };
}

const heardAfter = (course: Course) =>
  isThinned(course) ? `${course.ends.length} of ${course.ends.at(-1)} frames` : `each of ${course.ends.length} frames`;

/** Truth and prediction keep their colours; what else was thought of stays in the background. */
function styleOf(index: number, place: number, truth: number, answer: number): { colour: string; dash?: string } {
  if (index === truth) return { colour: 'var(--hark-truth)' };
  if (index === answer) return { colour: 'var(--hark-prediction)', dash: '6 3' };
  return { colour: 'var(--mantine-color-dimmed)', dash: place % 2 === 0 ? '1 3' : '3 3' };
}
