/** Lowest and highest sample of each of `points` equal stretches: what a waveform is drawn from. */
export interface Peaks {
  min: Float32Array;
  max: Float32Array;
}

/**
 * @param samples [count] @param points at least 1; where there are fewer samples than points, neighbours share a sample
 * @returns min and max, each [points]; zeros where there are no samples
 */
export function peaks(samples: Float32Array, points: number): Peaks {
  const min = new Float32Array(points);
  const max = new Float32Array(points);
  if (samples.length === 0) return { min, max };
  for (let point = 0; point < points; point++) {
    const first = Math.floor((point * samples.length) / points);
    const last = Math.max(first + 1, Math.floor(((point + 1) * samples.length) / points));
    let low = samples[first];
    let high = low;
    for (let n = first + 1; n < last; n++) {
      const value = samples[n];
      if (value < low) low = value;
      else if (value > high) high = value;
    }
    min[point] = low;
    max[point] = high;
  }
  return { min, max };
}
