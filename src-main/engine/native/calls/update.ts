type Floats = Float32Array;

/** src-native/update */
export interface UpdateCalls {
  sgd(
    ...args: [
      ...[p: Floats, g: Floats, momentumBuffer: Floats | null],
      ...[rate: number, momentum: number, nesterov: boolean, weightDecay: number],
    ]
  ): void;
  adam(
    ...args: [
      ...[p: Floats, g: Floats, expAvg: Floats, expAvgSq: Floats, rate: number, beta1: number, beta2: number],
      ...[eps: number, correction: number, weightDecay: number, shrink: number],
    ]
  ): void;
  rmsprop(
    ...args: [
      ...[p: Floats, g: Floats, squareAvg: Floats, momentumBuffer: Floats | null, gradAvg: Floats | null],
      ...[rate: number, alpha: number, eps: number, momentum: number, weightDecay: number],
    ]
  ): void;
  squares(x: Floats): number;
  scale(x: Floats, factor: number): void;
}
