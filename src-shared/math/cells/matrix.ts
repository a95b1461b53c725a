/** The little of linear algebra that a step of a cell needs, in double precision, to be read rather than to be fast. */

export type Vector = readonly number[];

/** Row by row. A column is a matrix of one column. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows * columns] */
  readonly values: Vector;
}

export function matrix(rows: number, columns: number, of: (row: number, column: number) => number): Matrix {
  const values = Array.from({ length: rows * columns }, (_, at) => of(Math.floor(at / columns), at % columns));
  return { rows, columns, values };
}

export const at = ({ columns, values }: Matrix, row: number, column: number): number => values[row * columns + column];

/** A matrix like `of` with one of its values put in place of another. */
export const replaced = (of: Matrix, index: number, value: number): Matrix => ({
  ...of,
  values: of.values.with(index, value),
});

/** Rows `from` .. `from + count - 1`. */
export const rowsOf = ({ columns, values }: Matrix, from: number, count: number): Matrix => ({
  rows: count,
  columns,
  values: values.slice(from * columns, (from + count) * columns),
});

export const zeros = (size: number): Vector => Array<number>(size).fill(0);

/** `of` element by element, over vectors of one size. */
export function each(of: (...values: number[]) => number, ...vectors: readonly Vector[]): Vector {
  return vectors[0].map((_, unit) => of(...vectors.map((vector) => vector[unit])));
}

export const plus = (a: Vector, b: Vector): Vector => each((x, y) => x + y, a, b);

/** W v. @param v [columns] @returns [rows] */
export function product(w: Matrix, v: Vector): Vector {
  return Array.from({ length: w.rows }, (_, row) => v.reduce((sum, value, k) => sum + at(w, row, k) * value, 0));
}

/** W^T v. @param v [rows] @returns [columns] */
export function transposedProduct(w: Matrix, v: Vector): Vector {
  return Array.from({ length: w.columns }, (_, column) =>
    v.reduce((sum, value, j) => sum + at(w, j, column) * value, 0),
  );
}

/** a b^T. @returns [size of a, size of b] */
export const outer = (a: Vector, b: Vector): Matrix => matrix(a.length, b.length, (row, column) => a[row] * b[column]);

export const asColumn = (values: Vector): Matrix => ({ rows: values.length, columns: 1, values });

export const addMatrices = (a: Matrix, b: Matrix): Matrix => ({ ...a, values: plus(a.values, b.values) });

/** A vector cut into `parts` of one size: what a weight of all gates gives, by gate. */
export function split(vector: Vector, parts: number): Vector[] {
  const size = vector.length / parts;
  return Array.from({ length: parts }, (_, part) => vector.slice(part * size, (part + 1) * size));
}
