import * as tf from '@tensorflow/tfjs-core';
import type { RecurrentCell, RecurrentOptions, RecurrentResult, RecurrentWeights } from '../types.ts';
import { TRACES } from '../traces.ts';
import type { LayerArguments } from './calls/recurrent.ts';
import type { NativeBackend } from './backend.ts';
import { registerKernel } from './register.ts';

/** As the addon numbers cells. */
export const CELL_NUMBERS: Record<RecurrentCell, number> = { rnn: 0, lstm: 1, gru: 2 };

interface Attributes {
  cell: RecurrentCell;
  lengths: Int32Array | null;
  reverse: boolean;
  hiddenMask: Float32Array | null;
  /** Whether the tape will want the gates. */
  keep: boolean;
  /** Whether the tape may ask for the gradient of x. */
  inputGradient: boolean;
}

/**
 * The recurrent layer as one operation of the native backend, with its derivative. Arguments as in `recurrentLayer`, which has
 * checked them.
 */
export function fusedLayer(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  { lengths, reverse = false, initial, hiddenMask = null, trace = false, inputGradient = true }: RecurrentOptions,
): RecurrentResult {
  const { weightIh, weightHh, biasIh, biasHh } = weights;
  const zeros = () => tf.zeros([x.shape[0], weightHh.shape[1]!]) as tf.Tensor2D;
  const inputs = [x, weightIh, weightHh, biasIh, biasHh, initial?.h0 ?? zeros()];
  if (cell === 'lstm') inputs.push(initial?.c0 ?? zeros());
  const keep = trace || tf.engine().isTapeOn();
  const attributes: Attributes = {
    cell,
    lengths: lengths && lengths.slice(),
    reverse,
    hiddenMask,
    keep,
    inputGradient,
  };
  const [output, workspace, hN, cN] = run('HarkRecurrent', inputs, attributes);
  const traces = trace ? run('HarkRecurrentTraces', [x, weightHh, workspace], attributes) : [];
  // The tape, if there is one, holds what it needs of these.
  tf.dispose([workspace, initial ? [] : inputs.slice(5)]);
  const result = { output, hN, cN } as RecurrentResult;
  if (trace) result.traces = Object.fromEntries(TRACES[cell].map((name, i) => [name, traces[i] as tf.Tensor3D]));
  return result;
}

function run(kernel: string, inputs: tf.Tensor[], attributes: Attributes): tf.Tensor[] {
  return tf
    .engine()
    .runKernel(
      kernel,
      inputs as unknown as tf.NamedTensorMap,
      attributes as unknown as tf.NamedAttrMap,
    ) as unknown as tf.Tensor[];
}

export function registerRecurrentKernels(): void {
  registerKernel('HarkRecurrent', (inputs, attributes, backend) =>
    forward(list(inputs), attributes as unknown as Attributes, backend),
  );
  registerKernel('HarkRecurrentBack', (inputs, attributes, backend) =>
    backward(list(inputs), attributes as unknown as Attributes, backend),
  );
  registerKernel('HarkRecurrentTraces', (inputs, attributes, backend) =>
    traces(list(inputs), attributes as unknown as Attributes, backend),
  );
  tf.registerGradient({
    kernelName: 'HarkRecurrent',
    saveAllInputs: true,
    outputsToSave: [true, true, false, false],
    gradFunc: (dys, saved, attrs) => gradients(dys as tf.Tensor[], saved, attrs as unknown as Attributes),
  });
}

const list = (inputs: Record<string, tf.TensorInfo>) => Object.values(inputs);

/** All gradients in one go: while the gates' are in the cache, they are turned into those of the weights and the input. */
function gradients(dys: tf.Tensor[], saved: tf.Tensor[], attributes: Attributes): Record<string, () => tf.Tensor> {
  const [x, weightIh, weightHh, , , h0] = saved;
  const c0 = attributes.cell === 'lstm' ? [saved[6]] : [];
  const [output, workspace] = saved.slice(6 + c0.length);
  const [dOutput, , ...dStates] = dys;
  const inputs = [x, weightIh, weightHh, output, workspace, dOutput, h0, ...c0, ...dStates];
  const made = run('HarkRecurrentBack', inputs, attributes);
  const [input, ...others] = attributes.inputGradient ? made : [null, ...made];
  const ofInput = () => {
    if (input) return input;
    throw new Error('The gradient of a recurrent input is asked for, which was said not to be wanted (inputGradient)');
  };
  return Object.fromEntries([ofInput, ...others.map((gradient) => () => gradient!)].entries());
}

function layerOf(attributes: Attributes, x: number[], hiddenSize: number): LayerArguments {
  const [batch, time, inputSize] = x;
  return [CELL_NUMBERS[attributes.cell], batch, time, inputSize, hiddenSize, attributes.reverse, attributes.lengths];
}

function forward(inputs: tf.TensorInfo[], attributes: Attributes, backend: NativeBackend): tf.TensorInfo[] {
  const [x, , , , , h0, c0] = inputs;
  const [batch, hiddenSize] = h0.shape;
  const layer = layerOf(attributes, x.shape, hiddenSize);
  const output = backend.output([batch, x.shape[1], hiddenSize]);
  const hN = backend.output(h0.shape);
  const cN = c0 && backend.output(c0.shape);
  const workspace = attributes.keep ? backend.lendWorkspace(backend.addon.recurrentWorkspaceSize(...layer)) : null;
  const [x_, weightIh, weightHh, biasIh, biasHh, h0_, c0_ = null] = inputs.map((input) => backend.values(input));
  backend.addon.recurrentForward(
    ...layer,
    ...([x_, weightIh, weightHh, biasIh, biasHh, h0_, c0_, attributes.hiddenMask] as const),
    ...([output.values, hN.values, cN?.values ?? null, workspace?.values ?? null] as const),
  );
  return [output.info, workspace?.info ?? backend.output([0]).info, hN.info, ...(cN ? [cN.info] : [])];
}

function backward(inputs: tf.TensorInfo[], attributes: Attributes, backend: NativeBackend): tf.TensorInfo[] {
  const [x, weightIh, weightHh, output, workspace, dOutput, h0, ...states] = inputs;
  const c0 = attributes.cell === 'lstm' ? states.shift() : undefined;
  const [dHN, dCN] = states;
  const [rows, hiddenSize] = weightHh.shape;
  const dX = attributes.inputGradient ? backend.output(x.shape) : null;
  const dWeights = [weightIh.shape, weightHh.shape, [rows], [rows]].map((shape) => backend.output(shape));
  const dStates = [h0, ...(c0 ? [c0] : [])].map(({ shape }) => backend.output(shape));
  const values = (tensor: tf.TensorInfo | undefined) => (tensor ? backend.values(tensor) : null);
  const [dWeightIh, dWeightHh, dBiasIh, dBiasHh] = dWeights.map((made) => made.values);
  backend.addon.recurrentBackward(
    ...layerOf(attributes, x.shape, hiddenSize),
    ...([backend.values(x), backend.values(weightIh), backend.values(weightHh), backend.values(output)] as const),
    ...([backend.values(h0), values(c0), attributes.hiddenMask, backend.workspace(workspace)] as const),
    ...([backend.values(dOutput), backend.values(dHN), values(dCN)] as const),
    ...([dStates[0].values, dStates[1]?.values ?? null] as const),
    ...([dWeightIh, dWeightHh, dBiasIh, dBiasHh, dX?.values ?? null] as const),
  );
  return [...(dX ? [dX] : []), ...dWeights, ...dStates].map(({ info }) => info);
}

function traces(inputs: tf.TensorInfo[], attributes: Attributes, backend: NativeBackend): tf.TensorInfo[] {
  const [x, weightHh, workspace] = inputs;
  const [batch, time] = x.shape;
  const hiddenSize = weightHh.shape[1];
  const made = TRACES[attributes.cell].map(() => backend.output([batch, time, hiddenSize]));
  const all = new Float32Array(made.length * batch * time * hiddenSize);
  backend.addon.recurrentTraces(...layerOf(attributes, x.shape, hiddenSize), backend.workspace(workspace), all);
  made.forEach(({ values }, i) => values.set(all.subarray(i * values.length, (i + 1) * values.length)));
  return made.map(({ info }) => info);
}
