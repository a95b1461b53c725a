type Floats = Float32Array;
type PoolArguments = [kind: number, batch: number, time: number, size: number, lengths: Int32Array];

/** src-native/layers */
export interface LayerCalls {
  pool(...args: [...PoolArguments, x: Floats, y: Floats, best: Int32Array | null]): void;
  poolGradient(...args: [...PoolArguments, dy: Floats, best: Int32Array | null, dx: Floats]): void;
  dropout(key: number, threshold: number, scale: number, x: Floats, y: Floats): void;
}
