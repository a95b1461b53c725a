import type * as tf from '@tensorflow/tfjs-core';
import type { States } from '#main/engine/stepped.ts';
import type { GradientSource } from '#shared/contract/inspect.ts';
import type { ModelSpec } from '#shared/domain/model-spec.ts';
import type { Random } from '#shared/math/random.ts';

export interface ModelSize {
  /** Features per frame. */
  inputSize: number;
  /** Outputs of the head. */
  classes: number;
}

export interface Mode {
  /** Dropout happens in training alone. */
  training: boolean;
  /** Where dropout takes its masks from; needed in training when the spec has dropout. */
  random?: Random;
  /**
   * In training, and where states are met: no gradient flows back through time across every so many frames; null or left out: through
   * whole sequences.
   */
  truncation?: number | null;
  /** Whether the gradient of the features, which the first layer does without, will be asked for; false by default. */
  inputGradient?: boolean;
  /**
   * Outside of training: is given the states of each recurrent layer and direction after each frame, and gives those that go on from
   * there. The layers then run frame by frame.
   */
  meet?: (place: LayerPlace, frame: number, states: States) => States;
  /** From where gradients flow back: all frames that the pooling takes, or each direction's last one alone; all by default. */
  from?: GradientSource;
  /** Outside of training: is shown what each layer and direction does, as it is computed. */
  watch?: Watch;
  /** Is shown how much of each frame goes into the pooled vector, [batch, time], where the pooling learns that (attention). */
  attend?: (weights: tf.Tensor2D) => void;
  /** Outside of training: is shown the vectors before the head, [batch, width]; they live as long as the pass. */
  watchPooled?: (vectors: tf.Tensor2D) => void;
}

/** One direction of one layer; layers count from 0. */
export interface LayerPlace {
  layer: number;
  reverse: boolean;
}

/** @param signals by their ids (see `SIGNALS`), each [batch, time, H]; they live as long as the pass */
export type Watch = (place: LayerPlace, signals: Record<string, tf.Tensor3D>) => void;

/** A network built from its spec. */
export interface Model extends ModelSize {
  readonly spec: ModelSpec;
  /** By PyTorch's names, in PyTorch's layouts. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** What it remembers beside them and no gradient changes, such as running statistics. */
  readonly buffers: ReadonlyMap<string, tf.Variable>;
  /**
   * @param x [batch, time, inputSize]
   * @param lengths frames of each sequence, 1..time; null: all sequences fill the batch
   * @returns logits [batch, classes]
   */
  forward(x: tf.Tensor3D, lengths: Int32Array | null, mode: Mode): tf.Tensor2D;
  /**
   * What it says, had the sequence ended earlier: in pieces, between which one may do something else.
   * @param x [1, time, inputSize]
   * @param ends numbers of frames, each 1..time, from few to many
   * @returns logits of the next few ends, [some, classes], until all have come; who takes them disposes them
   */
  forwardPrefixes(x: tf.Tensor3D, ends: Int32Array): Iterable<tf.Tensor2D>;
  dispose(): void;
}

/** A part of a model: its parameters by name, buffers if it has any, and what it does with a batch of sequences. */
export interface Layer<Output extends tf.Tensor = tf.Tensor3D> {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly buffers?: ReadonlyMap<string, tf.Variable>;
  forward(x: tf.Tensor3D, lengths: Int32Array | null, mode: Mode): Output;
}
