type Floats = Float32Array;
/** A factor of a batch of products: its values, where each of its matrices begins (null: at 0), whether it is transposed. */
type Factor = [values: Floats, at: Int32Array | null, transposed: boolean];

/** src-native/dense */
export interface DenseCalls {
  /** activation: 0 none, 1 relu, 2 tanh, 3 sigmoid */
  product(
    ...args: [
      ...[batch: number, m: number, n: number, k: number],
      ...a: Factor,
      ...b: Factor,
      ...[bias: Floats | null, activation: number, c: Floats],
    ]
  ): void;
  /** dx = dy f'(x), from y = f(x) */
  activationGradient(activation: number, y: Floats, dy: Floats, dx: Floats): void;
}
