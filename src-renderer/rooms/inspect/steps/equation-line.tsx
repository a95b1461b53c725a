import type { RecurrentCell } from '#shared/domain/model-spec.ts';
import { SIGNALS } from '#shared/domain/signal.ts';
import type { Matrix, Vector } from '#shared/math/cells/matrix.ts';
import { isMatrix, type Environment } from './environment.ts';
import { LIMITS } from './exercise.ts';
import type { Line } from './equations/block.ts';
import { gradientOf } from './labels.ts';
import { parseEquation, type Expression } from './notation.ts';
import { fixed, numbersIn } from './numbers.ts';
import { OuterTable } from './outer-table.tsx';
import { Formula, SymbolText } from './typeset.tsx';
import classes from './steps.module.css';

interface Props {
  line: Line;
  cell: RecurrentCell;
  environment: Environment;
  /** From 0; of what has fewer values, the last. */
  unit: number;
}

/** An equation, what it comes to for all units, and for one of them with the numbers put in. */
export function EquationLine({ line: { equation, number }, cell, environment, unit }: Props) {
  const { left, right } = parseEquation(equation);
  return (
    <div className={classes.line} data-line={left}>
      <span
        className={classes.equationNumber}
        title={number === undefined ? undefined : `Equation ${number} of docs/cells/${cell}.md`}
      >
        {number && `(${number})`}
      </span>
      <span className={classes.equation}>
        <SymbolText name={left} />
        {right && (
          <>
            {' = '}
            <Formula of={right} />
          </>
        )}
        <span className={classes.signal}>{signalName(cell, left)}</span>
      </span>
      <Result left={left} right={right} cell={cell} environment={environment} unit={unit} />
    </div>
  );
}

interface ResultProps extends Omit<Props, 'line'> {
  left: string;
  right: Expression | null;
}

function Result({ left, right, cell, environment, unit }: ResultProps) {
  const value = environment[left];
  if (isMatrix(value))
    return right?.kind === 'outer' ? (
      <OuterTable
        value={value}
        of={gradientOf(left)!}
        settings={{ cell, hiddenSize: hiddenSizeOf(environment) }}
        column={{ name: right.column, values: environment[right.column] as Vector }}
        row={{ name: right.row, values: environment[right.row] as Vector }}
      />
    ) : null;
  const shown = Math.min(unit, value.length - 1);
  // A name for another name, or values one below the other, have no numbers to put in.
  const numbers = right && right.kind !== 'name' ? numbersIn(right, environment, shown) : null;
  return (
    <>
      <span className={classes.values} style={{ '--columns': columnsOf(value, environment) } as React.CSSProperties}>
        {value.map((one, index) => (
          <span key={index} data-shown={(numbers !== null && index === shown) || undefined}>
            {fixed(one)}
          </span>
        ))}
      </span>
      {numbers && (
        <span className={classes.putIn}>
          = {numbers} = <b>{fixed(value[shown])}</b>
        </span>
      )}
    </>
  );
}

const hiddenSizeOf = (environment: Environment) => (environment['W_out'] as Matrix).columns;

/** Vectors stand in one row; those of all gates have a row for each. */
function columnsOf({ length }: Vector, environment: Environment): number {
  return length > LIMITS.hiddenSize.max ? hiddenSizeOf(environment) : length;
}

/** What the value is called, if it is one that networks are looked into for. */
const signalName = (cell: RecurrentCell, name: string) =>
  SIGNALS[cell].find(({ symbol }) => symbol === name || `${symbol}_t` === name)?.name.toLowerCase();
