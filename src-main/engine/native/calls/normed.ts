type Floats = Float32Array;
/** Leading arguments of all calls; `cell` is 0 rnn, 1 lstm, 2 gru. */
export type NormedArguments = [
  cell: number,
  batch: number,
  time: number,
  hiddenSize: number,
  reverse: boolean,
  lengths: Int32Array | null,
];

/** src-native/normed. What is named C, and c0, cN, is null but for an LSTM; `fed` has a row for each frame that exists. */
export interface NormedCalls {
  /** Floats that a layer's forward pass keeps for its way back. */
  normedWorkspaceSize(...layer: NormedArguments): number;
  normedForward(
    ...args: [
      ...[...NormedArguments, eps: number],
      ...[fed: Floats, weightHh: Floats, norm: Floats, bias: Floats, normC: Floats | null, normCBias: Floats | null],
      ...[h0: Floats, c0: Floats | null, hiddenMask: Floats | null],
      ...[output: Floats, hN: Floats, cN: Floats | null, workspace: Floats | null],
    ]
  ): void;
  normedBackward(
    ...args: [
      ...[...NormedArguments, weightHh: Floats, norm: Floats, normC: Floats | null, normCBias: Floats | null],
      ...[output: Floats, h0: Floats, c0: Floats | null, hiddenMask: Floats | null],
      ...[dOutput: Floats, dHN: Floats, dCN: Floats | null, workspace: Floats],
      ...[dFed: Floats, dWeightHh: Floats, dNorm: Floats, dBias: Floats],
      ...[dNormC: Floats | null, dNormCBias: Floats | null, dH0: Floats, dC0: Floats | null],
    ]
  ): void;
  /** As recurrentTraces. */
  normedTraces(...args: [...NormedArguments, workspace: Floats, traces: Floats]): void;
}
