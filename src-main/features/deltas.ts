/** Frames on each side of a 5-frame regression. */
const REACH = 2;
/** sum of n^2 for n = -REACH ... REACH */
const NORMALISER = 10;

/**
 * Slope of each bin over 5 frames, as `torchaudio.functional.compute_deltas(win_length=5)`:
 * d[t] = sum_{n=1..2} n (c[t + n] - c[t - n]) / (2 sum n^2), the first and last frames repeated beyond the ends.
 * @param values row-major, `stride` values to a frame; bins [from, from + bins) are read, the slopes written `bins` further on.
 */
export function appendDeltas(values: Float32Array, frames: number, stride: number, from: number, bins: number): void {
  const row = (frame: number) => Math.min(Math.max(frame, 0), frames - 1) * stride + from;
  for (let t = 0; t < frames; t++) {
    const out = t * stride + from + bins;
    for (let bin = 0; bin < bins; bin++) {
      let slope = 0;
      for (let n = 1; n <= REACH; n++) slope += n * (values[row(t + n) + bin] - values[row(t - n) + bin]);
      values[out + bin] = slope / NORMALISER;
    }
  }
}
