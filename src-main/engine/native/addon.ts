import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';

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
type PoolArguments = [kind: number, batch: number, time: number, size: number, lengths: Int32Array];

/** The functions of src-native/addon.cc. Each throws a TypeError for arguments of a wrong type or length. */
export interface NativeAddon {
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
  product(
    ...args: [
      ...[m: number, n: number, k: number, a: Floats, transposeA: boolean, b: Floats, transposeB: boolean],
      ...[bias: Floats | null, c: Floats],
    ]
  ): void;
  pool(...args: [...PoolArguments, x: Floats, y: Floats, best: Int32Array | null]): void;
  poolGradient(...args: [...PoolArguments, dy: Floats, best: Int32Array | null, dx: Floats]): void;
  dropout(key: number, threshold: number, scale: number, x: Floats, y: Floats): void;
  /** 0 a + b, 1 a - b, 2 a b, 3 max(a, 0), 4 a > 0 */
  elementwise(operation: number, a: Floats, b: Floats | null, y: Floats): void;
  columnSums(rows: number, columns: number, x: Floats, y: Floats): void;
  sgd(
    ...args: [
      ...[p: Floats, g: Floats, momentumBuffer: Floats | null],
      ...[rate: number, momentum: number, nesterov: boolean, weightDecay: number],
    ]
  ): void;
  adam(
    ...args: [
      ...[p: Floats, g: Floats, expAvg: Floats, expAvgSq: Floats, rate: number, beta1: number, beta2: number],
      ...[eps: number, correction: number, weightDecay: number, shrink: number],
    ]
  ): void;
  rmsprop(
    ...args: [
      ...[p: Floats, g: Floats, squareAvg: Floats, momentumBuffer: Floats | null, gradAvg: Floats | null],
      ...[rate: number, alpha: number, eps: number, momentum: number, weightDecay: number],
    ]
  ): void;
  squares(x: Floats): number;
  scale(x: Floats, factor: number): void;
  setThreads(threads: number): void;
  instructionSet(): string;
  useInstructionSet(name: string): boolean;
}

let loaded: NativeAddon | null = null;

/**
 * Loads the kernels: from HARK_NATIVE_ADDON, or build/native/hark.node above this file (in the sources as in a bundle), or the
 * resources of a packaged app. HARK_ISA (baseline, avx2, avx512, neon) forces an instruction set.
 * @throws Error with the reason
 */
export function loadAddon(): NativeAddon {
  if (loaded === null) {
    const file = candidates().find((candidate) => existsSync(candidate));
    if (file === undefined) throw new Error('the kernels are not built');
    loaded = createRequire(import.meta.url)(file) as NativeAddon;
  }
  const wanted = process.env['HARK_ISA'];
  if (wanted && !loaded.useInstructionSet(wanted)) throw new Error(`this processor or build has no ${wanted} kernels`);
  return loaded;
}

/** The kernels where `native` is the backend in use, else null. */
export const nativeAddon = (): NativeAddon | null => (tf.getBackend() === 'native' ? loaded : null);

function candidates(): string[] {
  const given = process.env['HARK_NATIVE_ADDON'];
  if (given) return [path.resolve(given)];
  const places: string[] = [];
  const { resourcesPath } = process as { resourcesPath?: string };
  if (resourcesPath) places.push(path.join(resourcesPath, 'native', 'hark.node'));
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    // What is packed into an archive stands beside it unpacked.
    places.push(path.join(folder.replace(/\.asar(?=$|[\\/])/, '.asar.unpacked'), 'build', 'native', 'hark.node'));
    if (folder === path.dirname(folder)) return places;
  }
}
