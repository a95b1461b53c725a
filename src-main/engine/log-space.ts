/** Probabilities by their logarithms, which neither long products nor confident networks drive to zero. */

/** ln(e^a + e^b); -Infinity is the logarithm of 0. */
export function logAdd(a: number, b: number): number {
  const high = Math.max(a, b);
  return high === -Infinity ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/**
 * The logarithm of softmax, row by row. What is one already stays as it is.
 * @param logits [rows, classes]
 * @returns [rows, classes]
 */
export function logSoftmax(logits: Float32Array, classes: number): Float64Array {
  const logP = new Float64Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let most = -Infinity;
    for (let i = row; i < row + classes; i++) most = Math.max(most, logits[i]);
    let sum = 0;
    for (let i = row; i < row + classes; i++) sum += Math.exp(logits[i] - most);
    const logSum = Math.log(sum);
    for (let i = row; i < row + classes; i++) logP[i] = logits[i] - most - logSum;
  }
  return logP;
}
