import { HarkError } from '#shared/domain/errors.ts';

/** Turns of QR an eigenvalue may take before it is given up. */
const MOST_TURNS = 60;
/** Turns after which an unusual shift is tried, as in EISPACK. */
const SHAKE = 10;

export interface Eigenvalues {
  re: Float64Array;
  im: Float64Array;
}

/**
 * All eigenvalues of a real square matrix, in no order; complex ones in conjugate pairs. Balanced, brought to Hessenberg form by
 * Householder's reflections, then Francis' double-shift QR (EISPACK `balanc`, `orthes`, `hqr`; Wilkinson and Reinsch 1971, II/11 to
 * II/15; Golub and Van Loan 2013, 7.5). Exact up to rounding for matrices near it: those of a defective matrix of order k are found
 * within about eps^(1/k) of its norm.
 * @param values [size * size], row by row; not changed
 * @throws HarkError `bad-input` where a value is not finite
 */
export function eigenvalues(values: ArrayLike<number>, size: number): Eigenvalues {
  const a = padded(values, size);
  if (!a.values.every(Number.isFinite))
    throw new HarkError('bad-input', 'A matrix whose values are not all finite has no eigenvalues.', {
      where: 'values',
    });
  balance(a);
  hessenberg(a);
  return francis(a);
}

/** Largest modulus of the eigenvalues: what a matrix makes, in the long run, of what it is applied to again and again. */
export function largestModulus(values: ArrayLike<number>, size: number): number {
  const { re, im } = eigenvalues(values, size);
  return re.reduce((largest, real, index) => Math.max(largest, Math.hypot(real, im[index])), 0);
}

/** Rows further apart than they are long: down a column, a distance that is a power of 2 would fall on few lines of the cache. */
interface Padded {
  /** [size * stride] */
  values: Float64Array;
  size: number;
  stride: number;
}

function padded(values: ArrayLike<number>, size: number): Padded {
  const stride = size + (size % 16 === 0 ? 8 : 0);
  const rows = new Float64Array(size * stride);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) rows[i * stride + j] = values[i * size + j];
  return { values: rows, size, stride };
}

/** Rows and columns scaled by powers of 2 until their norms are alike (no rounding, the same eigenvalues). */
function balance({ values: a, size: n, stride }: Padded): void {
  for (let changed = true; changed;) {
    changed = false;
    for (let i = 0; i < n; i++) {
      let [column, row] = [0, 0];
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        column += Math.abs(a[j * stride + i]);
        row += Math.abs(a[i * stride + j]);
      }
      if (column === 0 || row === 0) continue;
      const before = column + row;
      let factor = 1;
      for (; column < row / 2; column *= 4) factor *= 2;
      for (; column >= row * 2; column /= 4) factor /= 2;
      if ((column + row) / factor >= 0.95 * before) continue;
      changed = true;
      for (let j = 0; j < n; j++) a[i * stride + j] /= factor;
      for (let j = 0; j < n; j++) a[j * stride + i] *= factor;
    }
  }
}

/** Zeros below the first subdiagonal, by reflections P A P, in place. */
function hessenberg({ values: a, size: n, stride }: Padded): void {
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm = Math.hypot(norm, a[i * stride + k]);
    if (norm === 0) continue;
    const first = a[(k + 1) * stride + k];
    const alpha = first > 0 ? -norm : norm;
    let square = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * stride + k] - (i === k + 1 ? alpha : 0);
      square += v[i] * v[i];
    }
    const scale = 2 / square;
    // From the left, row by row: w = v^T A.
    w.fill(0, k);
    for (let i = k + 1; i < n; i++) {
      const factor = v[i];
      for (let j = k, at = i * stride + k; j < n; j++, at++) w[j] += factor * a[at];
    }
    for (let i = k + 1; i < n; i++) {
      const factor = scale * v[i];
      for (let j = k, at = i * stride + k; j < n; j++, at++) a[at] -= factor * w[j];
    }
    // From the right.
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = k + 1, at = i * stride + k + 1; j < n; j++, at++) sum += a[at] * v[j];
      sum *= scale;
      for (let j = k + 1, at = i * stride + k + 1; j < n; j++, at++) a[at] -= sum * v[j];
    }
    a[(k + 1) * stride + k] = alpha;
    for (let i = k + 2; i < n; i++) a[i * stride + k] = 0;
  }
}

/** Francis' steps on a Hessenberg matrix, from its end upwards: what has parted off is done with. */
function francis({ values: h, size: n, stride }: Padded): Eigenvalues {
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  let norm = 0;
  for (const value of h) norm += Math.abs(value);
  /** Of shifts that have been taken off the diagonal. */
  let shift = 0;
  let last = n - 1;
  let turns = 0;
  while (last >= 0) {
    const from = parted(h, stride, last, norm);
    const x = h[last * stride + last];
    if (from === last) {
      re[last] = x + shift;
      last--;
      turns = 0;
      continue;
    }
    const y = h[(last - 1) * stride + last - 1];
    const w = h[last * stride + last - 1] * h[(last - 1) * stride + last];
    if (from === last - 1) {
      takePair(re, im, last, x + shift, (y - x) / 2, w);
      last -= 2;
      turns = 0;
      continue;
    }
    if (turns === MOST_TURNS)
      throw new HarkError('internal', `The eigenvalues of a matrix were not found in ${MOST_TURNS} turns.`);
    let shifts = { x, y, w };
    if (turns > 0 && turns % SHAKE === 0) {
      shift += x;
      for (let i = 0; i <= last; i++) h[i * stride + i] -= x;
      const s = Math.abs(h[last * stride + last - 1]) + Math.abs(h[(last - 1) * stride + last - 2]);
      shifts = { x: 0.75 * s, y: 0.75 * s, w: -0.4375 * s * s };
    }
    turns++;
    step(h, stride, from, last, shifts);
  }
  return { re, im };
}

/** The first row of the block that ends at `last` and has no small value on its subdiagonal. */
function parted(h: Float64Array, stride: number, last: number, norm: number): number {
  let row = last;
  for (; row > 0; row--) {
    const beside = Math.abs(h[(row - 1) * stride + row - 1]) + Math.abs(h[row * stride + row]);
    if (Math.abs(h[row * stride + row - 1]) <= Number.EPSILON * (beside === 0 ? norm : beside)) break;
  }
  return row;
}

/** Both eigenvalues of the last block of two. */
function takePair(re: Float64Array, im: Float64Array, last: number, x: number, p: number, w: number): void {
  const q = p * p + w;
  const root = Math.sqrt(Math.abs(q));
  if (q >= 0) {
    const z = p + (p >= 0 ? root : -root);
    re[last - 1] = x + z;
    re[last] = z === 0 ? x + z : x - w / z;
    return;
  }
  re[last - 1] = re[last] = x + p;
  im[last - 1] = root;
  im[last] = -root;
}

/** One double step on rows and columns `from`..`last`: a bulge is made at the top and chased out at the bottom. */
function step(
  h: Float64Array,
  stride: number,
  from: number,
  last: number,
  { x, y, w }: { x: number; y: number; w: number },
): void {
  let [p, q, r] = [0, 0, 0];
  let start = last - 2;
  for (; start >= from; start--) {
    const z = h[start * stride + start];
    const [dx, dy] = [x - z, y - z];
    p = (dx * dy - w) / h[(start + 1) * stride + start] + h[start * stride + start + 1];
    q = h[(start + 1) * stride + start + 1] - z - dx - dy;
    r = h[(start + 2) * stride + start + 1];
    const sum = Math.abs(p) + Math.abs(q) + Math.abs(r);
    [p, q, r] = [p / sum, q / sum, r / sum];
    if (start === from) break;
    const above = Math.abs(h[start * stride + start - 1]) * (Math.abs(q) + Math.abs(r));
    const beside =
      Math.abs(p) *
      (Math.abs(h[(start - 1) * stride + start - 1]) + Math.abs(z) + Math.abs(h[(start + 1) * stride + start + 1]));
    if (above <= Number.EPSILON * beside) break;
  }
  for (let i = start + 2; i <= last; i++) {
    h[i * stride + i - 2] = 0;
    if (i > start + 2) h[i * stride + i - 3] = 0;
  }
  for (let k = start; k < last; k++) {
    const whole = k < last - 1;
    let scale = 1;
    if (k > start) {
      p = h[k * stride + k - 1];
      q = h[(k + 1) * stride + k - 1];
      r = whole ? h[(k + 2) * stride + k - 1] : 0;
      scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (scale === 0) continue;
      [p, q, r] = [p / scale, q / scale, r / scale];
    }
    const root = Math.sqrt(p * p + q * q + r * r);
    const s = p >= 0 ? root : -root;
    if (k > start) h[k * stride + k - 1] = -s * scale;
    else if (from !== start) h[k * stride + k - 1] = -h[k * stride + k - 1];
    p += s;
    const [fx, fy, fz] = [p / s, q / s, r / s];
    const [gq, gr] = [q / p, r / p];
    const [row0, row1, row2] = [k * stride, (k + 1) * stride, (k + 2) * stride];
    for (let j = k; j <= last; j++) {
      let sum = h[row0 + j] + gq * h[row1 + j];
      if (whole) {
        sum += gr * h[row2 + j];
        h[row2 + j] -= sum * fz;
      }
      h[row1 + j] -= sum * fy;
      h[row0 + j] -= sum * fx;
    }
    const bottom = Math.min(last, k + 3);
    for (let i = from, at = from * stride + k; i <= bottom; i++, at += stride) {
      let sum = fx * h[at] + fy * h[at + 1];
      if (whole) {
        sum += fz * h[at + 2];
        h[at + 2] -= sum * gr;
      }
      h[at + 1] -= sum * gq;
      h[at] -= sum;
    }
  }
}
