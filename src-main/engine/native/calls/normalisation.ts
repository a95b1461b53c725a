type Floats = Float32Array;
/** Leading arguments of the batch normalisation's calls: x is [batch, span, channels] or [batch, channels, span]. */
export type BatchNormShape = [
  batch: number,
  channels: number,
  span: number,
  channelsLast: boolean,
  live: Int32Array | null,
];
type BatchNormInputs = [x: Floats, mean: Floats, variance: Floats, weight: Floats];

/** Leading arguments of the layer normalisation's calls: the runs of a row's values that are normalised each by itself. */
export type LayerNormShape = [rows: number, groups: number, sizes: Int32Array];

/** src-native/normalisation */
export interface NormalisationCalls {
  layerNorm(
    ...args: [
      ...[...LayerNormShape, eps: number, x: Floats, weight: Floats, bias: Floats],
      ...[y: Floats, statistics: Floats],
    ]
  ): void;
  layerNormGradient(
    ...args: [
      ...[...LayerNormShape, x: Floats, weight: Floats, statistics: Floats, dy: Floats],
      ...[dx: Floats, dWeight: Floats, dBias: Floats],
    ]
  ): void;
  batchStatistics(...args: [...BatchNormShape, x: Floats, mean: Floats, variance: Floats]): void;
  batchNorm(...args: [...BatchNormShape, eps: number, ...BatchNormInputs, bias: Floats, y: Floats]): void;
  batchNormGradient(
    ...args: [
      ...[...BatchNormShape, eps: number, training: boolean],
      ...[...BatchNormInputs, dy: Floats, dx: Floats, dWeight: Floats, dBias: Floats],
    ]
  ): void;
}
