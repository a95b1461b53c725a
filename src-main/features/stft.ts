import { hannWindow } from '#shared/math/windows.ts';
import { realFft } from '#shared/math/fft.ts';

export interface StftOptions {
  /** FFT length, samples. */
  nFft: number;
  /** Samples of the window, which is centred in the FFT frame. */
  winLength: number;
  /** [winLength]; none: Hann, periodic. */
  window?: Float64Array;
  /** Samples from frame to frame. */
  hopLength: number;
  /** Frames centred on t * hopLength, the signal reflected at both ends; else frame t begins at t * hopLength. */
  center: boolean;
}

export interface Stft {
  /** floor(nFft / 2) + 1 */
  readonly bins: number;
  /** `frameCount` */
  frames(samples: number): number;
  /** |X_t[k]|^2 of frame `frame` into `out` [bins]. The signal is [samples], any full scale; at least one sample. */
  powerFrame(signal: Float32Array, frame: number, out: Float64Array): void;
}

/** Frames of a signal of this many samples (at least one sample): always at least one. */
export function frameCount(samples: number, { nFft, hopLength, center }: Omit<StftOptions, 'winLength'>): number {
  const padding = center ? Math.floor(nFft / 2) : 0;
  return 1 + Math.max(0, Math.floor((samples + 2 * padding - nFft) / hopLength));
}

/**
 * Short-time Fourier transform as `torch.stft(window=hann_window(winLength), pad_mode='reflect')`. A signal shorter than
 * the padding, which PyTorch refuses, is reflected again and again; without `center` it is followed by zeros to one frame.
 * The plan holds its own scratch: nothing is allocated per frame, and it is not re-entrant.
 */
export function stftPlan(options: StftOptions): Stft {
  const { nFft, winLength, hopLength, center } = options;
  const fft = realFft(nFft);
  const window = options.window ?? hannWindow(winLength);
  const lead = Math.floor((nFft - winLength) / 2);
  const padding = center ? Math.floor(nFft / 2) : 0;
  const input = new Float64Array(nFft);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);

  return {
    bins: fft.bins,
    frames: (samples) => frameCount(samples, options),
    powerFrame(signal, frame, out) {
      const start = frame * hopLength - padding + lead;
      if (start >= 0 && start + winLength <= signal.length) {
        for (let n = 0; n < winLength; n++) input[lead + n] = window[n] * signal[start + n];
      } else if (center) {
        for (let n = 0; n < winLength; n++) input[lead + n] = window[n] * signal[reflected(start + n, signal.length)];
      } else {
        for (let n = 0; n < winLength; n++)
          input[lead + n] = start + n < signal.length ? window[n] * signal[start + n] : 0;
      }
      fft.transform(input, re, im);
      for (let k = 0; k < fft.bins; k++) out[k] = re[k] * re[k] + im[k] * im[k];
    },
  };
}

/** The index inside [0, length) that `index` mirrors to, the end samples not repeated. */
export function reflected(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const turn = ((index % period) + period) % period;
  return turn < length ? turn : period - turn;
}
