import { at, type Matrix, type Vector } from '#shared/math/cells/matrix.ts';
import type { Editable, Settings } from './exercise.ts';
import { rowName } from './labels.ts';
import { fixed } from './numbers.ts';
import { useSteps } from './state.ts';
import { SymbolText } from './typeset.tsx';
import classes from './steps.module.css';

interface Factor {
  name: string;
  values: Vector;
}

interface Props {
  value: Matrix;
  /** What it is the gradient of. */
  of: Editable;
  settings: Pick<Settings, 'cell' | 'hiddenSize'>;
  column: Factor;
  row: Factor;
}

/** All products of a column and a row: each number is the one at its left times the one above it. */
export function OuterTable({ value, of, settings, column, row }: Props) {
  const pick = useSteps((state) => state.pick);
  const isPicked = (j: number, k: number) => pick.name === of && pick.row === j && pick.column === k;
  return (
    <table className={classes.outer}>
      <thead>
        <tr>
          <td className={classes.corner} colSpan={2}>
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
            <td className={classes.dim}>{rowName(settings, of, j)}</td>
            <th scope="row">{fixed(one)}</th>
            {row.values.map((_, k) => (
              <td key={k} data-picked={isPicked(j, k) || undefined}>
                {fixed(at(value, j, k))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
