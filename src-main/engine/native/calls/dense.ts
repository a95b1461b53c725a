type Floats = Float32Array;

/** src-native/dense */
export interface DenseCalls {
  product(
    ...args: [
      ...[m: number, n: number, k: number, a: Floats, transposeA: boolean, b: Floats, transposeB: boolean],
      ...[bias: Floats | null, c: Floats],
    ]
  ): void;
}
