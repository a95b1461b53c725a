import { at, type Matrix, type Vector } from '#shared/math/cells/matrix.ts';
import { fixed } from './numbers.ts';
import { SymbolText } from './typeset.tsx';
import classes from './steps.module.css';

interface Factor {
  name: string;
  values: Vector;
}

/** All products of a column and a row: each number is the one at its left times the one above it. */
export function OuterTable({ value, column, row }: { value: Matrix; column: Factor; row: Factor }) {
  return (
    <table className={classes.outer}>
      <thead>
        <tr>
          <td className={classes.corner}>
            <SymbolText name={column.name} /> · <SymbolText name={row.name} />
          </td>
          {row.values.map((one, index) => (
            <th key={index} scope="col">
              {fixed(one)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {column.values.map((one, j) => (
          <tr key={j}>
            <th scope="row">{fixed(one)}</th>
            {row.values.map((_, k) => (
              <td key={k}>{fixed(at(value, j, k))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
