type Floats = Float32Array;

/** src-native/losses */
export interface LossCalls {
  /** @returns the loss; `targets` is -1 in rows that do not count */
  crossEntropy(
    ...args: [
      ...[rows: number, classes: number, logits: Floats, targets: Int32Array],
      ...[weights: Floats | null, smoothing: number, gradient: Floats | null],
    ]
  ): number;
  ctc(
    ...args: [
      ...[batch: number, time: number, classes: number, blank: number, logits: Floats, lengths: Int32Array],
      ...[targetLengths: Int32Array, targets: Int32Array, zeroInfinity: boolean, factors: Floats],
      ...[losses: Floats, gradient: Floats | null],
    ]
  ): void;
}
