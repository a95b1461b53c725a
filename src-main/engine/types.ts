import type * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '#shared/domain/system.ts';
import type { OptimiserSpec } from '#shared/domain/training-spec.ts';
export type { RecurrentCell } from '#shared/domain/model-spec.ts';

export { BACKENDS, type BackendName, type BackendReport } from '#shared/domain/system.ts';

export interface BackendOptions {
  /** Insist on this one instead of taking the first that works. */
  prefer?: BackendName;
  /** Threads of the native kernels; all cores by default. Results do not depend on it. */
  threads?: number;
}

/**
 * One direction of one recurrent layer, in PyTorch's layouts. `gates` is 1 for RNN, 4 (i, f, g, o) for LSTM, 3 (r, z, n) for GRU.
 * weightIh [gates * H, D], weightHh [gates * H, H], biasIh and biasHh [gates * H].
 */
export interface RecurrentWeights<T extends tf.Tensor = tf.Tensor> {
  weightIh: T;
  weightHh: T;
  biasIh: T;
  biasHh: T;
  /** Where they are given, the layer normalises in its cell. */
  norms?: RecurrentNorms<T>;
}

/**
 * Layer normalisation in the cell (docs/cells/layer-norm.md): gains of the two sides of the pre-activations, [gates * H], whose
 * shifts are the layer's biases; of an LSTM also gain and shift of its c on the way into h, [H].
 */
export interface RecurrentNorms<T extends tf.Tensor = tf.Tensor> {
  normIh: T;
  normHh: T;
  normC?: T;
  normCBias?: T;
}

export interface InitialState {
  /** [batch, H] */
  h0: tf.Tensor2D;
  /** [batch, H]; LSTM only. */
  c0?: tf.Tensor2D;
}

export interface RecurrentOptions {
  /** Frames of each sequence, 1..time; null: all sequences fill the batch. */
  lengths: Int32Array | null;
  /** From each sequence's own last frame backwards. */
  reverse?: boolean;
  /** Zeros by default. */
  initial?: InitialState;
  /**
   * [batch, H], one for all frames of a sequence: multiplies h_(t-1) on its way into the gates (not where GRU mixes it into h_t).
   * With `dropoutMask` it is the recurrent dropout of Gal and Ghahramani 2016.
   */
  hiddenMask?: Float32Array | null;
  /** Give out what the gates did (see TRACES in recurrent.ts). */
  trace?: boolean;
  /**
   * Whether the gradient of x may be asked for: true by default. A first layer over features does without, which saves the
   * product; a tape that asks all the same is told so.
   */
  inputGradient?: boolean;
}

export interface RecurrentResult {
  /** [batch, time, H], zero beyond each sequence's length; frame t stands at t in both directions. */
  output: tf.Tensor3D;
  /** [batch, H] after the last frame (of the direction). */
  hN: tf.Tensor2D;
  /** [batch, H]; LSTM only. */
  cN?: tf.Tensor2D;
  /** Each [batch, time, H], zero beyond a sequence's length; where they were asked for. Not differentiable. */
  traces?: Record<string, tf.Tensor3D>;
}

/** Gradients by parameter name; engine functions that work "in place" may put another tensor under the name. */
export type Gradients = Record<string, tf.Tensor>;

export interface Optimiser {
  readonly spec: OptimiserSpec;
  /** One step down. Parameters without a gradient stay as they are. Gradients are not disposed. */
  step(gradients: Gradients, learningRate: number): void;
  /** Copies of all it remembers: `step`, and per parameter `<parameter>.<slot>` with PyTorch's slot names. */
  state(): Record<string, Float32Array | number>;
  /** Takes up a state given by `state()`. @throws HarkError `bad-input` when it belongs to other parameters. */
  restore(state: Record<string, Float32Array | number>): void;
  dispose(): void;
}
