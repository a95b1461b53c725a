import * as tf from '@tensorflow/tfjs-core';
import { NORM_EPS, normGroups } from '../recurrent-norms.ts';
import { takeRows } from '../rows.ts';
import { TRACES } from '../traces.ts';
import type { RecurrentCell, RecurrentOptions, RecurrentResult, RecurrentWeights } from '../types.ts';
import type { NativeBackend } from './backend.ts';
import type { NormedArguments } from './calls/normed.ts';
import { nativeLayerNorm } from './normalisation-kernels.ts';
import { CELL_NUMBERS } from './recurrent-kernels.ts';
import { registerKernel, type Kernel } from './register.ts';
import { runAll } from './run.ts';

interface Attributes {
  cell: RecurrentCell;
  time: number;
  lengths: Int32Array | null;
  reverse: boolean;
  hiddenMask: Float32Array | null;
  /** Whether the tape will want the gates. */
  keep: boolean;
}

/**
 * The recurrent layer with normalisation in its cell. The x side does not depend on time: it is a product and a normalisation of
 * all frames that exist. What follows is one operation of the native backend, with its derivative. Arguments as in
 * `recurrentLayer`, which has checked them.
 */
export function normedLayer(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  weights: RecurrentWeights,
  { lengths, reverse = false, initial, hiddenMask = null, trace = false }: RecurrentOptions,
): RecurrentResult {
  const [batch, time] = x.shape;
  const state = [batch, weights.weightHh.shape[1]!];
  const { normHh, normC, normCBias } = weights.norms!;
  const fed = tf.tidy(() => fedBy(cell, x, weights, lengths));
  const [h0, c0] = [initial?.h0 ?? tf.zeros(state), initial?.c0 ?? tf.zeros(state)];
  const inputs = [fed, weights.weightHh, normHh, weights.biasHh, h0];
  if (cell === 'lstm') inputs.push(normC!, normCBias!, c0);
  const keep = trace || tf.engine().isTapeOn();
  const attributes: Attributes = { cell, time, lengths: lengths && lengths.slice(), reverse, hiddenMask, keep };
  const [output, workspace, hN, cN] = run('HarkNormed', inputs, attributes);
  const traces = trace ? run('HarkNormedTraces', [output, workspace], attributes) : [];
  // The tape, if there is one, holds what it needs of these.
  tf.dispose([workspace, fed, initial ? [] : h0, initial?.c0 ? [] : c0]);
  const result = { output, hN, cN } as RecurrentResult;
  if (trace) result.traces = Object.fromEntries(TRACES[cell].map((name, i) => [name, traces[i] as tf.Tensor3D]));
  return result;
}

/** The x side of all frames that exist, sequence behind sequence: [frames, gates * H]. */
function fedBy(
  cell: RecurrentCell,
  x: tf.Tensor3D,
  { weightIh, weightHh, biasIh, norms }: RecurrentWeights,
  lengths: Int32Array | null,
): tf.Tensor2D {
  const [batch, time, inputSize] = x.shape;
  const flat = tf.reshape(x, [batch * time, inputSize]) as tf.Tensor2D;
  const frames = lengths ? takeRows(flat, framesOf(lengths, time)) : flat;
  const product = tf.matMul(frames, weightIh as tf.Tensor2D, false, true);
  const groups = normGroups(cell, weightHh.shape[1]!);
  return nativeLayerNorm(product, norms!.normIh, biasIh, NORM_EPS, groups) as tf.Tensor2D;
}

/** Of a batch's frames, counted through, those within the lengths. */
const framesOf = (lengths: Int32Array, time: number): number[] =>
  Array.from(lengths).flatMap((length, sequence) => Array.from({ length }, (_, t) => sequence * time + t));

const run = (kernel: string, inputs: tf.Tensor[], attributes: Attributes): tf.Tensor[] =>
  runAll(kernel, inputs, attributes as unknown as tf.NamedAttrMap);

export function registerNormedKernels(): void {
  registerKernel('HarkNormed', forward);
  registerKernel('HarkNormedBack', backward);
  registerKernel('HarkNormedTraces', traces);
  tf.registerGradient({
    kernelName: 'HarkNormed',
    saveAllInputs: true,
    outputsToSave: [true, true, false, false],
    gradFunc: (dys, saved, attributes) => {
      const inputs = saved.slice(0, (attributes as unknown as Attributes).cell === 'lstm' ? 8 : 5);
      const [output, workspace] = saved.slice(inputs.length);
      const [dOutput, , ...dStates] = dys as tf.Tensor[];
      const all = [output, workspace, dOutput, ...dStates, ...inputs];
      const gradients = run('HarkNormedBack', all, attributes as unknown as Attributes);
      return Object.fromEntries(gradients.map((gradient) => () => gradient).entries());
    },
  });
}

function layerOf({ cell, time, reverse, lengths }: Attributes, batch: number, hiddenSize: number): NormedArguments {
  return [CELL_NUMBERS[cell], batch, time, hiddenSize, reverse, lengths];
}

/** The memory of tensors; of what a cell does not have, null. */
const valuesOf = (tensors: (tf.TensorInfo | undefined)[], backend: NativeBackend) =>
  tensors.map((tensor) => (tensor ? backend.values(tensor) : null));

const forward: Kernel = (inputs, attributes, backend) => {
  const own = attributes as unknown as Attributes;
  const [fed, weightHh, norm, bias, h0, ...ofC] = Object.values(inputs);
  const [batch, hiddenSize] = h0.shape;
  const layer = layerOf(own, batch, hiddenSize);
  const output = backend.output([batch, own.time, hiddenSize]);
  const hN = backend.output(h0.shape);
  const cN = own.cell === 'lstm' ? backend.output(h0.shape) : null;
  const workspace = own.keep ? backend.lendWorkspace(backend.addon.normedWorkspaceSize(...layer)) : null;
  const [normC, normCBias, c0] = valuesOf([ofC[0], ofC[1], ofC[2]], backend);
  backend.addon.normedForward(
    ...([...layer, NORM_EPS, backend.values(fed), backend.values(weightHh)] as const),
    ...([backend.values(norm), backend.values(bias), normC, normCBias] as const),
    ...([backend.values(h0), c0, own.hiddenMask] as const),
    ...([output.values, hN.values, cN?.values ?? null, workspace?.values ?? null] as const),
  );
  return [output.info, workspace?.info ?? backend.output([0]).info, hN.info, ...(cN ? [cN.info] : [])];
};

/** @returns the gradients of the forward pass' inputs, in their order */
const backward: Kernel = (inputs, attributes, backend) => {
  const own = attributes as unknown as Attributes;
  const [output, workspace, dOutput, dHN, ...rest] = Object.values(inputs);
  const [dCN, ...given] = own.cell === 'lstm' ? rest : [undefined, ...rest];
  const [, weightHh, norm, , h0, normC, normCBias, c0] = given as tf.TensorInfo[];
  const [batch, , hiddenSize] = output.shape;
  const made = (given as tf.TensorInfo[]).map(({ shape }) => backend.output(shape));
  const [dFed, dWeightHh, dNorm, dBias, dH0, dNormC = null, dNormCBias = null, dC0 = null] = made.map(
    ({ values }) => values,
  );
  const [normC_, normCBias_, c0_, dCN_] = valuesOf([normC, normCBias, c0, dCN], backend);
  backend.addon.normedBackward(
    ...layerOf(own, batch, hiddenSize),
    ...([backend.values(weightHh), backend.values(norm), normC_, normCBias_] as const),
    ...([backend.values(output), backend.values(h0), c0_, own.hiddenMask] as const),
    ...([backend.values(dOutput), backend.values(dHN), dCN_, backend.workspace(workspace)] as const),
    ...([dFed, dWeightHh, dNorm, dBias, dNormC, dNormCBias, dH0, dC0] as const),
  );
  return made.map(({ info }) => info);
};

const traces: Kernel = (inputs, attributes, backend) => {
  const own = attributes as unknown as Attributes;
  const [output, workspace] = Object.values(inputs);
  const [batch, , hiddenSize] = output.shape;
  const made = TRACES[own.cell].map(() => backend.output(output.shape));
  const all = new Float32Array(made.length * tf.util.sizeFromShape(output.shape));
  backend.addon.normedTraces(...layerOf(own, batch, hiddenSize), backend.workspace(workspace), all);
  made.forEach(({ values }, i) => values.set(all.subarray(i * values.length, (i + 1) * values.length)));
  return made.map(({ info }) => info);
};
