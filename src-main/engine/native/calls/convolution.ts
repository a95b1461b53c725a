type Floats = Float32Array;
/**
 * batch, inHeight, inWidth, outHeight, outWidth, kernelHeight, kernelWidth, strideY, strideX, dilationY, dilationX, padTop,
 * padLeft
 */
type Windows = Int32Array;
type Convolution = [inChannels: number, outChannels: number, groups: number, windows: Windows];

/** src-native/convolution. Data lies channels last, weights [out, in / groups, height, width]. */
export interface ConvolutionCalls {
  convolve(...args: [...Convolution, x: Floats, weight: Floats, bias: Floats | null, y: Floats]): void;
  convolveInputGradient(...args: [...Convolution, weight: Floats, dy: Floats, dx: Floats]): void;
  convolveWeightGradient(...args: [...Convolution, x: Floats, dy: Floats, dWeight: Floats]): void;
  /** kind: 0 mean, 1 max */
  poolWindows(
    ...args: [channels: number, windows: Windows, kind: number, x: Floats, y: Floats, best: Int32Array | null]
  ): void;
  poolWindowsGradient(
    ...args: [channels: number, windows: Windows, kind: number, dy: Floats, best: Int32Array | null, dx: Floats]
  ): void;
}
