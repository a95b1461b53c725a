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
      ...[output: Floats, hN: Floats, cN: Floats | null, workspace: Floats | null],
    ]
  ): void;
  recurrentBackward(
    ...args: [
      ...LayerArguments,
      ...[weightHh: Floats, output: Floats, h0: Floats, c0: Floats | null],
      ...[dOutput: Floats, dHN: Floats, dCN: Floats | null, workspace: Floats, dH0: Floats, dC0: Floats | null],
    ]
  ): void;
  recurrentInputGradient(...args: [...LayerArguments, weightIh: Floats, workspace: Floats, dX: Floats]): void;
  recurrentWeightGradient(
    ...args: [
      ...LayerArguments,
      ...[x: Floats, output: Floats, h0: Floats, workspace: Floats],
      ...[dWeightIh: Floats, dWeightHh: Floats, dBiasIh: Floats, dBiasHh: Floats],
    ]
  ): void;
}
