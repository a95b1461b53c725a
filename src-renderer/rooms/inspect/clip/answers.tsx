import type { TestedClip } from '#shared/contract/inspect.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import classes from '../inspect.module.css';

/** What the networks answered, shortly: nothing where all were right, else what was said instead, and by which. */
export function Answers({ clip: { said, truth } }: { clip: TestedClip }) {
  const wrong = new Map<string, string[]>();
  for (const { cell, predicted } of said)
    if (predicted !== truth) wrong.set(predicted, [...(wrong.get(predicted) ?? []), CELL_NAMES[cell]]);
  return (
    <span className={classes.answers}>
      {[...wrong].map(([label, cells]) => (
        <span key={label} className={classes.wrong} title={`${cells.join(', ')} heard “${label}”`}>
          {cells.join(', ')}: {label}
        </span>
      ))}
    </span>
  );
}
