type Floats = Float32Array;
/** Leading arguments of all recurrent calls; `cell` is 0 rnn, 1 lstm, 2 gru. */
export type LayerArguments = [
  cell: number,
  batch: number,
  time: number,
  inputSize: number,
  hiddenSize: number,
  reverse: boolean,
  lengths: Int32Array | null,
];

/** src-native/recurrent */
export interface RecurrentCalls {
  /** Floats that a layer's forward pass keeps for its way back. */
  recurrentWorkspaceSize(...layer: LayerArguments): number;
  recurrentForward(
    ...args: [
      ...LayerArguments,
      ...[x: Floats, weightIh: Floats, weightHh: Floats, biasIh: Floats, biasHh: Floats, h0: Floats, c0: Floats | null],
      hiddenMask: Floats | null,
      ...[output: Floats, hN: Floats, cN: Floats | null, workspace: Floats | null],
    ]
  ): void;
  /** From the outputs' gradients to those of the initial state, the weights and, where dX is given, the input. */
  recurrentBackward(
    ...args: [
      ...LayerArguments,
      ...[x: Floats, weightIh: Floats, weightHh: Floats, output: Floats, h0: Floats, c0: Floats | null],
      ...[hiddenMask: Floats | null, workspace: Floats, dOutput: Floats, dHN: Floats, dCN: Floats | null],
      ...[dH0: Floats, dC0: Floats | null, dWeightIh: Floats, dWeightHh: Floats, dBiasIh: Floats, dBiasHh: Floats],
      dX: Floats | null,
    ]
  ): void;
  /** traces [5 (LSTM: i, f, g, o, c) or 4 (GRU: r, z, n, W_hn h + b_hn), batch, time, H], from a forward pass' workspace. */
  recurrentTraces(...args: [...LayerArguments, workspace: Floats, traces: Floats]): void;
}
