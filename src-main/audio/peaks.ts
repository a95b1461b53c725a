/**
 * Lowest and highest sample of each of `points` equal stretches: what a waveform is drawn from.
 * @param samples [count]; none draw a flat line
 * @param points at least 1; where there are fewer samples than points, neighbours share a sample
 * @returns [points, 2]: min, max of the first stretch, of the second, ...
 */
export function peaks(samples: Float32Array, points: number): Float32Array<ArrayBuffer> {
  const pairs = new Float32Array(2 * points);
  if (samples.length === 0) return pairs;
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
    pairs[2 * point] = low;
    pairs[2 * point + 1] = high;
  }
  return pairs;
}
