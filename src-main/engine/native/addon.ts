import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { ArithmeticCalls } from './calls/arithmetic.ts';
import type { AttentionCalls } from './calls/attention.ts';
import type { BilinearCalls } from './calls/bilinear.ts';
import type { ConvolutionCalls } from './calls/convolution.ts';
import type { DenseCalls } from './calls/dense.ts';
import type { LayerCalls } from './calls/layers.ts';
import type { LossCalls } from './calls/losses.ts';
import type { MovementCalls } from './calls/movement.ts';
import type { NormalisationCalls } from './calls/normalisation.ts';
import type { PeakCalls } from './calls/peak.ts';
import type { RecurrentCalls } from './calls/recurrent.ts';
import type { UpdateCalls } from './calls/update.ts';

/** The functions of src-native, room by room. Each throws a TypeError for arguments of a wrong type or length. */
export interface NativeAddon
  extends
    ArithmeticCalls,
    AttentionCalls,
    BilinearCalls,
    ConvolutionCalls,
    DenseCalls,
    LayerCalls,
    LossCalls,
    MovementCalls,
    NormalisationCalls,
    PeakCalls,
    RecurrentCalls,
    UpdateCalls {
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
