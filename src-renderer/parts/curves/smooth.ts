/**
 * Exponential moving average with the bias of its start taken out, as TensorBoard smooths:
 * s[t] = w s[t-1] + (1 - w) x[t], shown as s[t] / (1 - w^t). Gaps stay gaps.
 * @param weight 0 (raw) to below 1 (smoothest)
 */
export function smooth(values: readonly (number | null)[], weight: number): (number | null)[] {
  let [average, seen] = [0, 0];
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return null;
    average = weight * average + (1 - weight) * value;
    seen += 1;
    return average / (1 - weight ** seen);
  });
}

/** Whole epochs to name on an axis: 1, then even steps of 1, 2 or 5 times a power of ten; about `wanted` of them. */
export function epochTicks(last: number, wanted = 6): number[] {
  const rough = Math.max(1, last / wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const ticks = Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step);
  return ticks[0] === 1 ? ticks : [1, ...ticks];
}

/**
 * Which of `length` points to draw so that at most `limit` are: first, last and all of `keep`, the rest evenly spaced.
 */
export function thinIndices(length: number, limit: number, keep: readonly number[] = []): number[] {
  if (length <= limit) return Array.from({ length }, (_, index) => index);
  const chosen = new Set([0, length - 1, ...keep.filter((index) => index >= 0 && index < length)]);
  const room = Math.max(0, limit - chosen.size);
  for (let slot = 1; slot <= room; slot++) chosen.add(Math.round((slot * (length - 1)) / (room + 1)));
  return [...chosen].sort((a, b) => a - b);
}
