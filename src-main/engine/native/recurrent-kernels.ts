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
}

/**
 * The recurrent layer as one operation of the native backend, with its derivative. Arguments as in `recurrentLayer`, which has
 * checked them.
 */
export function fusedLayer(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  { lengths, reverse = false, initial, hiddenMask = null, trace = false }: RecurrentOptions,
): RecurrentResult {
  const { weightIh, weightHh, biasIh, biasHh } = weights;
  const zeros = () => tf.zeros([x.shape[0], weightHh.shape[1]!]) as tf.Tensor2D;
  const inputs = [x, weightIh, weightHh, biasIh, biasHh, initial?.h0 ?? zeros()];
  if (cell === 'lstm') inputs.push(initial?.c0 ?? zeros());
  const keep = trace || tf.engine().isTapeOn();
  const attributes: Attributes = { cell, lengths: lengths && lengths.slice(), reverse, hiddenMask, keep };
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
  registerKernel('HarkRecurrentInputGradient', (inputs, attributes, backend) =>
    inputGradient(list(inputs), attributes as unknown as Attributes, backend),
  );
  registerKernel('HarkRecurrentWeightGradient', (inputs, attributes, backend) =>
    weightGradient(list(inputs), attributes as unknown as Attributes, backend),
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

/**
 * Back through time for the states and gates, then from the gates to the weights, and to the input if the tape asks for it (it
 * does not for a first layer's features).
 */
function gradients(dys: tf.Tensor[], saved: tf.Tensor[], attributes: Attributes): Record<string, () => tf.Tensor> {
  const [x, weightIh, weightHh, , , h0] = saved;
  const c0 = attributes.cell === 'lstm' ? [saved[6]] : [];
  const [output, workspace] = saved.slice(6 + c0.length);
  const [dOutput, , ...dStates] = dys;
  const states = run('HarkRecurrentBack', [weightHh, output, workspace, dOutput, h0, ...c0, ...dStates], attributes);
  const weights = run('HarkRecurrentWeightGradient', [x, weightHh, output, workspace, h0], attributes);
  const input = () => run('HarkRecurrentInputGradient', [x, weightIh, weightHh, workspace], attributes)[0];
  return Object.fromEntries([input, ...[...weights, ...states].map((gradient) => () => gradient)].entries());
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
  const lstm = attributes.cell === 'lstm';
  const [weightHh, output, workspace, dOutput, h0] = inputs;
  const [c0, dHN, dCN] = lstm ? inputs.slice(5) : [undefined, inputs[5]];
  const [batch, time, hiddenSize] = output.shape;
  const dH0 = backend.output(h0.shape);
  const dC0 = c0 && backend.output(c0.shape);
  const values = (tensor: tf.TensorInfo | undefined) => (tensor ? backend.values(tensor) : null);
  backend.addon.recurrentBackward(
    // The way through time does not meet the input.
    ...layerOf(attributes, [batch, time, 1], hiddenSize),
    ...([
      backend.values(weightHh),
      backend.values(output),
      backend.values(h0),
      values(c0),
      attributes.hiddenMask,
    ] as const),
    ...([backend.values(dOutput), backend.values(dHN), values(dCN), backend.workspace(workspace)] as const),
    ...([dH0.values, dC0?.values ?? null] as const),
  );
  return [dH0.info, ...(dC0 ? [dC0.info] : [])];
}

function weightGradient(inputs: tf.TensorInfo[], attributes: Attributes, backend: NativeBackend): tf.TensorInfo[] {
  const [x, weightHh, output, workspace, h0] = inputs;
  const [rows, hiddenSize] = weightHh.shape;
  const made = [[rows, x.shape[2]], [rows, hiddenSize], [rows], [rows]].map((shape) => backend.output(shape));
  const [dWeightIh, dWeightHh, dBiasIh, dBiasHh] = made.map(({ values }) => values);
  backend.addon.recurrentWeightGradient(
    ...layerOf(attributes, x.shape, hiddenSize),
    ...([backend.values(x), backend.values(output), backend.values(h0)] as const),
    ...([attributes.hiddenMask, backend.workspace(workspace)] as const),
    ...([dWeightIh, dWeightHh, dBiasIh, dBiasHh] as const),
  );
  return made.map(({ info }) => info);
}

function inputGradient(inputs: tf.TensorInfo[], attributes: Attributes, backend: NativeBackend): tf.TensorInfo[] {
  const [x, weightIh, weightHh, workspace] = inputs;
  const dX = backend.output(x.shape);
  const layer = layerOf(attributes, x.shape, weightHh.shape[1]);
  backend.addon.recurrentInputGradient(...layer, backend.values(weightIh), backend.workspace(workspace), dX.values);
  return [dX.info];
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
