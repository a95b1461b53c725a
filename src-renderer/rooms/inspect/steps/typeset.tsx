import { Fragment, type ReactNode } from 'react';
import type { Expression } from './notation.ts';
import classes from './steps.module.css';

/** Words in place of a letter. */
const WORDS = new Set(['direct', 'target']);

/** A name of the equations in print: letters italic, what stands behind `_` lowered, the d of gradients upright. */
export function SymbolText({ name }: { name: string }) {
  const [letters, below] = name.split('_');
  const gradient = letters.length > 1 && letters.startsWith('d') && !WORDS.has(letters);
  return (
    <span className={classes.symbol}>
      {gradient && 'd'}
      {WORDS.has(letters) ? letters : <i>{gradient ? letters.slice(1) : letters}</i>}
      {below && <sub>{BELOW[below] ?? <i>{below}</i>}</sub>}
    </span>
  );
}

const BELOW: Record<string, ReactNode> = {
  '(t-1)': (
    <>
      <i>t</i>−1
    </>
  ),
  out: 'out',
};

/** An expression in print. */
export function Formula({ of }: { of: Expression }): ReactNode {
  return (PRINT[of.kind] as (expression: Expression) => ReactNode)(of);
}

const SPACE = '\u202f';
const T = <sup className={classes.transposed}>T</sup>;

const Within = ({ of }: { of: Expression }) =>
  of.kind === 'sum' ? (
    <>
      (<Formula of={of} />)
    </>
  ) : (
    <Formula of={of} />
  );

const joined = (parts: readonly Expression[], between: string) =>
  parts.map((part, index) => (
    <Fragment key={index}>
      {index > 0 && between}
      <Within of={part} />
    </Fragment>
  ));

const PRINT: { [Kind in Expression['kind']]: (of: Extract<Expression, { kind: Kind }>) => ReactNode } = {
  number: ({ text }) => text,
  name: ({ name }) => <SymbolText name={name} />,
  sum: ({ terms }) =>
    terms.map(({ minus, of }, index) => (
      <Fragment key={index}>
        {index > 0 && (minus ? ' − ' : ' + ')}
        <Within of={of} />
      </Fragment>
    )),
  // A number alone multiplies as a number does.
  times: ({ factors }) => joined(factors, `${SPACE}${factors[0].kind === 'number' ? '·' : '⊙'}${SPACE}`),
  product: ({ matrix, transposed, vector }) => (
    <span className={classes.together}>
      <SymbolText name={matrix} />
      {transposed && T}
      {SPACE}
      <SymbolText name={vector} />
    </span>
  ),
  outer: ({ column, row }) => (
    <span className={classes.together}>
      <SymbolText name={column} />
      {SPACE}
      <SymbolText name={row} />
      {T}
    </span>
  ),
  call: ({ name, squared, of }) => (
    <>
      {name === 's' ? <i>σ</i> : 'tanh'}
      {squared && <sup>2</sup>}
      {name === 's' ? '(' : SPACE}
      <Formula of={of} />
      {name === 's' && ')'}
    </>
  ),
  square: ({ of }) => (
    <>
      (<Formula of={of} />)<sup>2</sup>
    </>
  ),
  stack: ({ parts }) => <>[{joined(parts, ', ')}]</>,
};
