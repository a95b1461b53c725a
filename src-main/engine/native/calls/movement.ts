type Floats = Float32Array;

/** src-native/movement */
export interface MovementCalls {
  transpose(rank: number, size: Int32Array, order: Int32Array, x: Floats, y: Floats): void;
  pad(
    ...args: [
      ...[rank: number, size: Int32Array, before: Int32Array, sizeOfY: Int32Array],
      ...[value: number, x: Floats, y: Floats],
    ]
  ): void;
  /** y [count, size] = rows `indices` of x [rows, size] */
  gatherRows(count: number, rows: number, size: number, indices: Int32Array, x: Floats, y: Floats): void;
  /** y [rows, size] = sums of the rows of x [count, size] that have the same index */
  addRows(count: number, rows: number, size: number, indices: Int32Array, x: Floats, y: Floats): void;
}
