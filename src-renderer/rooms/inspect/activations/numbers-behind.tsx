import { significant } from '../../../parts/format.ts';
import type { Numbers } from './figures.ts';
import classes from './activations.module.css';

/** What a chart shows, as a table to be unfolded. */
export function NumbersBehind({ of: { head, rows } }: { of: Numbers }) {
  return (
    <details className={classes.numbers}>
      <summary>Numbers</summary>
      <div tabIndex={0} role="region" aria-label={`${head.join(', ')} in numbers`}>
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...others]) => (
              <tr key={first}>
                <th scope="row">{significant(first!)}</th>
                {others.map((value, column) => (
                  <td key={column}>{value === null ? '–' : Number.isInteger(value) ? value : significant(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
