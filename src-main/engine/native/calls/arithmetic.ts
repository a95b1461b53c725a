type Floats = Float32Array;

/** src-native/arithmetic; the numbers are the places of the names in native/arithmetic.ts. */
export interface ArithmeticCalls {
  unary(operation: number, parameter: number, x: Floats, y: Floats): void;
  /** shape: for each axis its size, the step of a, the step of b */
  binary(operation: number, rank: number, shape: Int32Array, a: Floats, b: Floats, y: Floats): void;
  /** y [outer, inner] from x [outer, count, inner] */
  reduce(kind: number, outer: number, count: number, inner: number, x: Floats, y: Floats): void;
  softmax(rows: number, size: number, logarithm: boolean, x: Floats, y: Floats): void;
  /** A condition for each `inner` values. */
  select(inner: number, condition: Uint8Array, a: Floats, b: Floats, y: Floats): void;
}
