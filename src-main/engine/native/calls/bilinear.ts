type Floats = Float32Array;
type JoinShape = [batch: number, outs: number, size: number];

/** src-native/bilinear */
export interface BilinearCalls {
  bilinearJoin(...args: [...JoinShape, t: Floats, x: Floats, bias: Floats, y: Floats]): void;
  bilinearJoinGradient(...args: [...JoinShape, t: Floats, x: Floats, dy: Floats, dT: Floats, dX: Floats]): void;
}
