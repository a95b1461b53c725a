type Floats = Float32Array;
/** Leading arguments; `size` is that of a head. */
export type AttentionShape = [
  ...[batch: number, heads: number, queries: number, keys: number, size: number],
  ...[queryLengths: Int32Array | null, keyLengths: Int32Array | null, causal: boolean],
  ...[dropoutKey: number, dropoutThreshold: number, dropoutScale: number],
];
/** Frames within wider rows of an array: the heads begin at `column`. */
export type Frames = [array: Floats, step: number, column: number];
/** Queries, keys, values. */
export type ThreeFrames = [...Frames, ...Frames, ...Frames];

/** src-native/attention */
export interface AttentionCalls {
  attention(
    ...args: [...AttentionShape, ...ThreeFrames, output: Floats, statistics: Floats, weights: Floats | null]
  ): void;
  attentionGradient(
    ...args: [
      ...[...AttentionShape, ...ThreeFrames],
      ...[dOutput: Floats, statistics: Floats, dWeights: Floats | null, ...ThreeFrames],
    ]
  ): void;
}
