import type { UnitLikes } from '#shared/domain/likes.ts';
import { significant } from '../../../parts/format.ts';
import { signalOf, strengthWords } from './words.ts';
import classes from './likes.module.css';

/** How strong a unit gets in the clips of each class, on the mean: bars from 0 up. */
export function ClassBars({ likes }: { likes: UnitLikes }) {
  const most = likes.classes[0].mean || 1;
  return (
    <div className={classes.bars} tabIndex={0} role="region" aria-label="Mean peak by class">
      <table>
        <caption>
          Mean over a class’s clips of the peak of {strengthWords(signalOf(likes))}. Selectivity is (a − b) / (a + b), a
          of the strongest class, b the mean of the others: 0 to all alike, 1 to one alone.
        </caption>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col" aria-label="Mean peak as a bar" />
            <th scope="col">mean peak</th>
            <th scope="col">n</th>
          </tr>
        </thead>
        <tbody>
          {likes.classes.map(({ label, mean, n }) => (
            <tr key={label}>
              <th scope="row" title={label}>
                {label}
              </th>
              <td aria-hidden>
                <span className={classes.bar} style={{ width: `${(100 * mean) / most}%` }} />
              </td>
              <td>{significant(mean)}</td>
              <td>{n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
