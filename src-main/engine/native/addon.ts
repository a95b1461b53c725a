import * as tf from '@tensorflow/tfjs-core';
import { type AddonCalls, openAddon } from '#main/native/addon.ts';
import type { ArithmeticCalls } from './calls/arithmetic.ts';
import type { AttentionCalls } from './calls/attention.ts';
import type { BilinearCalls } from './calls/bilinear.ts';
import type { ConvolutionCalls } from './calls/convolution.ts';
import type { DenseCalls } from './calls/dense.ts';
import type { LayerCalls } from './calls/layers.ts';
import type { LossCalls } from './calls/losses.ts';
import type { MovementCalls } from './calls/movement.ts';
import type { NormalisationCalls } from './calls/normalisation.ts';
import type { NormedCalls } from './calls/normed.ts';
import type { PeakCalls } from './calls/peak.ts';
import type { RecurrentCalls } from './calls/recurrent.ts';
import type { UpdateCalls } from './calls/update.ts';

/** The functions of src-native, room by room. Each throws a TypeError for arguments of a wrong type or length. */
export interface NativeAddon
  extends
    AddonCalls,
    ArithmeticCalls,
    AttentionCalls,
    BilinearCalls,
    ConvolutionCalls,
    DenseCalls,
    LayerCalls,
    LossCalls,
    MovementCalls,
    NormalisationCalls,
    NormedCalls,
    PeakCalls,
    RecurrentCalls,
    UpdateCalls {}

let loaded: NativeAddon | null = null;

/** Loads the kernels (see `openAddon`). @throws Error with the reason */
export const loadAddon = (): NativeAddon => (loaded = openAddon() as NativeAddon);

/** The kernels where `native` is the backend in use, else null. */
export const nativeAddon = (): NativeAddon | null => (tf.getBackend() === 'native' ? loaded : null);
