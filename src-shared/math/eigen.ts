/** Values of a symmetric matrix and the directions that belong to them, the largest value first. */
export interface Eigen {
  /** Descending. */
  values: Float64Array;
  /** [size, size]: row i has length 1 and belongs to value i. */
  vectors: Float64Array;
}

/** Steps of QL for one value; a handful is usual. */
const MOST_STEPS = 60;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then implicit QL, in double
 * precision (EISPACK's tred2 and tql2: Wilkinson and Reinsch, Linear Algebra, 1971). Of each vector the entry that is largest in size
 * is positive, so that equal matrices give equal signs.
 * @param matrix [size, size], symmetric
 * @throws RangeError where it holds numbers that are not finite
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  if (!matrix.every(Number.isFinite)) throw new RangeError('the matrix holds numbers that are not finite');
  const v = matrix.slice();
  const d = new Float64Array(size);
  const e = new Float64Array(size);
  tridiagonalise(v, size, d, e);
  iterate(v, size, d, e);
  const order = Array.from(d.keys()).sort((a, b) => d[b] - d[a]);
  const vectors = new Float64Array(size * size);
  order.forEach((column, row) => {
    let largest = 0;
    for (let i = 0; i < size; i++)
      if (Math.abs(v[i * size + column]) > Math.abs(largest)) largest = v[i * size + column];
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < size; i++) vectors[row * size + i] = sign * v[i * size + column];
  });
  return { values: Float64Array.from(order, (column) => d[column]), vectors };
}

/** Leaves the orthogonal transformation in `v`, the diagonal in `d`, and what stands below it in `e` from 1 on. */
function tridiagonalise(v: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  d.set(v.subarray((n - 1) * n));
  for (let i = n - 1; i > 0; i--) {
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    let h = 0;
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = v[(i - 1) * n + j];
        v[i * n + j] = v[j * n + i] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k] /= scale;
        h += d[k] * d[k];
      }
      const f = d[i - 1];
      const g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      e.fill(0, 0, i);
      reflect(v, n, i, h, d, e);
    }
    d[i] = h;
  }
  accumulate(v, n, d);
  e[0] = 0;
}

/** The similarity transformation of one Householder vector, which is in `d`. */
function reflect(v: Float64Array, n: number, i: number, h: number, d: Float64Array, e: Float64Array): void {
  for (let j = 0; j < i; j++) {
    const f = d[j];
    v[j * n + i] = f;
    let g = e[j] + v[j * n + j] * f;
    for (let k = j + 1; k < i; k++) {
      g += v[k * n + j] * d[k];
      e[k] += v[k * n + j] * f;
    }
    e[j] = g;
  }
  let f = 0;
  for (let j = 0; j < i; j++) {
    e[j] /= h;
    f += e[j] * d[j];
  }
  const half = f / (h + h);
  for (let j = 0; j < i; j++) e[j] -= half * d[j];
  for (let j = 0; j < i; j++) {
    for (let k = j; k < i; k++) v[k * n + j] -= d[j] * e[k] + e[j] * d[k];
    d[j] = v[(i - 1) * n + j];
    v[i * n + j] = 0;
  }
}

/** Multiplies the Householder reflections together; the diagonal goes to `d`. */
function accumulate(v: Float64Array, n: number, d: Float64Array): void {
  for (let i = 0; i < n - 1; i++) {
    v[(n - 1) * n + i] = v[i * n + i];
    v[i * n + i] = 1;
    const h = d[i + 1];
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[k * n + i + 1] / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[k * n + i + 1] * v[k * n + j];
        for (let k = 0; k <= i; k++) v[k * n + j] -= g * d[k];
      }
    }
    for (let k = 0; k <= i; k++) v[k * n + i + 1] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[(n - 1) * n + j];
    v[(n - 1) * n + j] = 0;
  }
  v[n * n - 1] = 1;
}

/** QL with implicit shifts: values to `d`, vectors to the columns of `v`. */
function iterate(v: Float64Array, n: number, d: Float64Array, e: Float64Array): void {
  e.copyWithin(0, 1);
  e[n - 1] = 0;
  let shift = 0;
  let size = 0;
  for (let l = 0; l < n; l++) {
    size = Math.max(size, Math.abs(d[l]) + Math.abs(e[l]));
    let m = l;
    // e[n - 1] is 0: the search ends.
    while (Math.abs(e[m]) > Number.EPSILON * size) m++;
    for (let step = 0; m > l && step < MOST_STEPS; step++) {
      const g = d[l];
      let p = (d[l + 1] - g) / (2 * e[l]);
      let r = p < 0 ? -Math.hypot(p, 1) : Math.hypot(p, 1);
      d[l] = e[l] / (p + r);
      d[l + 1] = e[l] * (p + r);
      const next = d[l + 1];
      let h = g - d[l];
      for (let i = l + 2; i < n; i++) d[i] -= h;
      shift += h;
      p = d[m];
      let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
      const below = e[l + 1];
      for (let i = m - 1; i >= l; i--) {
        [c3, c2, s2] = [c2, c, s];
        const part = c * e[i];
        h = c * p;
        r = Math.hypot(p, e[i]);
        e[i + 1] = s * r;
        s = e[i] / r;
        c = p / r;
        p = c * d[i] - s * part;
        d[i + 1] = h + s * (c * part + s * d[i]);
        for (let k = 0; k < n; k++) {
          const at = k * n + i;
          h = v[at + 1];
          v[at + 1] = s * v[at] + c * h;
          v[at] = c * v[at] - s * h;
        }
      }
      p = (-s * s2 * c3 * below * e[l]) / next;
      e[l] = s * p;
      d[l] = c * p;
      if (Math.abs(e[l]) <= Number.EPSILON * size) break;
    }
    d[l] += shift;
    e[l] = 0;
  }
}
