import type { Vector } from '#shared/math/cells/matrix.ts';
import { at } from '#shared/math/cells/matrix.ts';
import { significant } from '../../../parts/format.ts';
import { isMatrix, type Environment } from './environment.ts';
import type { Expression } from './notation.ts';

const DECIMALS = 4;
const LEAST = 1e-3;

/** With as many decimals as its like, so that numbers stand under each other. */
export function fixed(value: number): string {
  if (value !== 0 && Math.abs(value) < LEAST) return significant(value, 3);
  return value.toFixed(DECIMALS).replace('-', '−');
}

/** As it was typed where it is that short. */
export const short = (value: number): string =>
  Number(value.toFixed(DECIMALS)) === value ? String(value).replace('-', '−') : fixed(value);

/** Lines break between terms, never within one. */
const TIMES = '\u202f·\u202f';
const NAMES = { s: 'σ', tanh: 'tanh' };

/** The expression with numbers put in for one unit; null where it is no sum of one unit's. */
export function numbersIn(expression: Expression, environment: Environment, unit: number): string | null {
  const put = PUT[expression.kind] as Put<Expression>;
  const text = put(expression, { environment, unit });
  // A negative number needs its parentheses only after a sign.
  return text && text.replace(/(^|\()\((−[^()]*)\)/g, '$1$2');
}

interface Place {
  environment: Environment;
  unit: number;
}
type Put<E> = (expression: E, place: Place) => string | null;

const inParentheses = (value: number): string => (value < 0 ? `(${short(value)})` : short(value));
const within = (of: Expression, place: Place): string => {
  const text = (PUT[of.kind] as Put<Expression>)(of, place)!;
  return of.kind === 'sum' ? `(${text})` : text;
};

const PUT: { [Kind in Expression['kind']]: Put<Extract<Expression, { kind: Kind }>> } = {
  number: ({ text }) => text,
  name: ({ name }, { environment, unit }) => inParentheses((environment[name] as Vector)[unit]),
  sum: ({ terms }, place) =>
    terms.map(({ minus, of }, index) => `${index === 0 ? '' : minus ? ' − ' : ' + '}${within(of, place)}`).join(''),
  times: ({ factors }, place) => factors.map((factor) => within(factor, place)).join(TIMES),
  product({ matrix, transposed, vector }, { environment, unit }) {
    const w = environment[matrix];
    if (!isMatrix(w)) return null;
    return (environment[vector] as Vector)
      .map((value, k) => inParentheses(transposed ? at(w, k, unit) : at(w, unit, k)) + TIMES + inParentheses(value))
      .join(' + ');
  },
  call: ({ name, squared, of }, place) =>
    `${NAMES[name]}${squared ? '²' : ''}(${(PUT[of.kind] as Put<Expression>)(of, place)})`,
  square: ({ of }, place) => `(${(PUT[of.kind] as Put<Expression>)(of, place)})²`,
  outer: () => null,
  stack: () => null,
};
