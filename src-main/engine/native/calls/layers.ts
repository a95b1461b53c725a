type Floats = Float32Array;
type PoolArguments = [kind: number, batch: number, time: number, size: number, lengths: Int32Array];

/** src-native/layers */
export interface LayerCalls {
  pool(...args: [...PoolArguments, x: Floats, y: Floats, best: Int32Array | null]): void;
  poolGradient(...args: [...PoolArguments, dy: Floats, best: Int32Array | null, dx: Floats]): void;
  dropout(key: number, threshold: number, scale: number, x: Floats, y: Floats): void;
  /** 0 a + b, 1 a - b, 2 a b, 3 max(a, 0), 4 a > 0 */
  elementwise(operation: number, a: Floats, b: Floats | null, y: Floats): void;
  columnSums(rows: number, columns: number, x: Floats, y: Floats): void;
}
