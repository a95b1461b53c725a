/**
 * Fourier transforms of any length, in double precision.
 *
 * A plan is made once per length and reused: twiddle factors and scratch are its own, so `transform` allocates nothing.
 * Lengths whose prime factors are 2, 3, 5, 7, 11, 13 go through a Stockham mixed-radix transform (Cooley and Tukey 1965;
 * Stockham's ordering needs no bit reversal); any other length through Bluestein's chirp (1970).
 */

/** Forward transform X[k] = sum_n x[n] exp(-2 pi i k n / size) of `re`, `im` (each [size]), in place. */
interface ComplexTransform {
  (re: Float64Array, im: Float64Array): void;
}

const LARGEST_RADIX = 13;

/** The factors of a mixed-radix plan, fours first; null if a prime factor is too large for it. */
function radices(size: number): number[] | null {
  const found: number[] = [];
  let rest = size;
  for (const radix of [4, 2, 3, 5, 7, 11, LARGEST_RADIX])
    while (rest % radix === 0) {
      found.push(radix);
      rest /= radix;
    }
  return rest === 1 ? found : null;
}

interface Stage {
  radix: number;
  /** Sub-transforms already merged before this stage (the inner, contiguous index). */
  inner: number;
  /** size / (inner * radix): groups still apart. */
  groups: number;
  /** exp(-2 pi i p r / (groups * radix)) for group p, branch r: [groups * radix]. */
  cos: Float64Array;
  sin: Float64Array;
}

function mixedRadix(size: number, factors: number[]): ComplexTransform {
  const stages: Stage[] = [];
  let remaining = size;
  let inner = 1;
  for (const radix of factors) {
    const groups = remaining / radix;
    const cos = new Float64Array(groups * radix);
    const sin = new Float64Array(groups * radix);
    for (let p = 0; p < groups; p++)
      for (let r = 0; r < radix; r++) {
        const angle = (-2 * Math.PI * ((p * r) % remaining)) / remaining;
        cos[p * radix + r] = Math.cos(angle);
        sin[p * radix + r] = Math.sin(angle);
      }
    stages.push({ radix, inner, groups, cos, sin });
    remaining = groups;
    inner *= radix;
  }
  const workRe = new Float64Array(size);
  const workIm = new Float64Array(size);
  const roots = new Map(factors.map((radix) => [radix, rootsOfUnity(radix)]));

  return (re, im) => {
    let fromRe = re;
    let fromIm = im;
    let toRe: Float64Array = workRe;
    let toIm: Float64Array = workIm;
    for (const stage of stages) {
      if (stage.radix === 4) radix4(stage, fromRe, fromIm, toRe, toIm);
      else if (stage.radix === 2) radix2(stage, fromRe, fromIm, toRe, toIm);
      else anyRadix(stage, roots.get(stage.radix)!, fromRe, fromIm, toRe, toIm);
      const heldRe = fromRe;
      const heldIm = fromIm;
      fromRe = toRe;
      fromIm = toIm;
      toRe = heldRe;
      toIm = heldIm;
    }
    if (fromRe !== re) {
      re.set(fromRe);
      im.set(fromIm);
    }
  };
}

/** Branch r of group p is read at inner * (p + groups * r), written at inner * (radix * p + r). */
function radix4(
  { inner, groups, cos, sin }: Stage,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  const stride = inner * groups;
  for (let p = 0; p < groups; p++) {
    const c1 = cos[4 * p + 1];
    const s1 = sin[4 * p + 1];
    const c2 = cos[4 * p + 2];
    const s2 = sin[4 * p + 2];
    const c3 = cos[4 * p + 3];
    const s3 = sin[4 * p + 3];
    let a = inner * p;
    let out = 4 * inner * p;
    for (const end = a + inner; a < end; a++, out++) {
      const b = a + stride;
      const c = b + stride;
      const d = c + stride;
      const sumAcRe = fromRe[a] + fromRe[c];
      const sumAcIm = fromIm[a] + fromIm[c];
      const gapAcRe = fromRe[a] - fromRe[c];
      const gapAcIm = fromIm[a] - fromIm[c];
      const sumBdRe = fromRe[b] + fromRe[d];
      const sumBdIm = fromIm[b] + fromIm[d];
      const gapBdRe = fromRe[b] - fromRe[d];
      const gapBdIm = fromIm[b] - fromIm[d];
      toRe[out] = sumAcRe + sumBdRe;
      toIm[out] = sumAcIm + sumBdIm;
      const y1Re = gapAcRe + gapBdIm;
      const y1Im = gapAcIm - gapBdRe;
      toRe[out + inner] = y1Re * c1 - y1Im * s1;
      toIm[out + inner] = y1Re * s1 + y1Im * c1;
      const y2Re = sumAcRe - sumBdRe;
      const y2Im = sumAcIm - sumBdIm;
      toRe[out + 2 * inner] = y2Re * c2 - y2Im * s2;
      toIm[out + 2 * inner] = y2Re * s2 + y2Im * c2;
      const y3Re = gapAcRe - gapBdIm;
      const y3Im = gapAcIm + gapBdRe;
      toRe[out + 3 * inner] = y3Re * c3 - y3Im * s3;
      toIm[out + 3 * inner] = y3Re * s3 + y3Im * c3;
    }
  }
}

function radix2(
  { inner, groups, cos, sin }: Stage,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  const stride = inner * groups;
  for (let p = 0; p < groups; p++) {
    const c = cos[2 * p + 1];
    const s = sin[2 * p + 1];
    let a = inner * p;
    let out = 2 * inner * p;
    for (const end = a + inner; a < end; a++, out++) {
      const b = a + stride;
      const gapRe = fromRe[a] - fromRe[b];
      const gapIm = fromIm[a] - fromIm[b];
      toRe[out] = fromRe[a] + fromRe[b];
      toIm[out] = fromIm[a] + fromIm[b];
      toRe[out + inner] = gapRe * c - gapIm * s;
      toIm[out + inner] = gapRe * s + gapIm * c;
    }
  }
}

interface Roots {
  cos: Float64Array;
  sin: Float64Array;
}

function rootsOfUnity(count: number): Roots {
  const angle = (n: number) => (-2 * Math.PI * n) / count;
  return {
    cos: Float64Array.from({ length: count }, (_, n) => Math.cos(angle(n))),
    sin: Float64Array.from({ length: count }, (_, n) => Math.sin(angle(n))),
  };
}

function anyRadix(
  stage: Stage,
  roots: Roots,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  const { radix, inner, groups, cos, sin } = stage;
  const stride = inner * groups;
  for (let p = 0; p < groups; p++)
    for (let i = 0; i < inner; i++) {
      const from = inner * p + i;
      const to = radix * inner * p + i;
      for (let k = 0; k < radix; k++) {
        let sumRe = 0;
        let sumIm = 0;
        for (let r = 0, turn = 0; r < radix; r++) {
          const at = from + r * stride;
          sumRe += fromRe[at] * roots.cos[turn] - fromIm[at] * roots.sin[turn];
          sumIm += fromRe[at] * roots.sin[turn] + fromIm[at] * roots.cos[turn];
          turn += k;
          if (turn >= radix) turn -= radix;
        }
        const c = cos[p * radix + k];
        const s = sin[p * radix + k];
        toRe[to + k * inner] = sumRe * c - sumIm * s;
        toIm[to + k * inner] = sumRe * s + sumIm * c;
      }
    }
}

/** kn = (k^2 + n^2 - (k - n)^2) / 2 turns the transform into a convolution of power-of-two length. */
function bluestein(size: number): ComplexTransform {
  const padded = 2 ** Math.ceil(Math.log2(2 * size - 1));
  const transform = complexTransform(padded);
  const chirpRe = new Float64Array(size);
  const chirpIm = new Float64Array(size);
  for (let n = 0; n < size; n++) {
    const angle = (-Math.PI * ((n * n) % (2 * size))) / size;
    chirpRe[n] = Math.cos(angle);
    chirpIm[n] = Math.sin(angle);
  }
  const kernelRe = new Float64Array(padded);
  const kernelIm = new Float64Array(padded);
  for (let n = 0; n < size; n++) {
    kernelRe[n] = kernelRe[(padded - n) % padded] = chirpRe[n];
    kernelIm[n] = kernelIm[(padded - n) % padded] = -chirpIm[n];
  }
  transform(kernelRe, kernelIm);
  const workRe = new Float64Array(padded);
  const workIm = new Float64Array(padded);

  return (re, im) => {
    workRe.fill(0);
    workIm.fill(0);
    for (let n = 0; n < size; n++) {
      workRe[n] = re[n] * chirpRe[n] - im[n] * chirpIm[n];
      workIm[n] = re[n] * chirpIm[n] + im[n] * chirpRe[n];
    }
    transform(workRe, workIm);
    for (let n = 0; n < padded; n++) {
      const productRe = workRe[n] * kernelRe[n] - workIm[n] * kernelIm[n];
      workIm[n] = -(workRe[n] * kernelIm[n] + workIm[n] * kernelRe[n]);
      workRe[n] = productRe;
    }
    // The inverse transform is the forward one of the conjugate.
    transform(workRe, workIm);
    for (let n = 0; n < size; n++) {
      const sumRe = workRe[n] / padded;
      const sumIm = -workIm[n] / padded;
      re[n] = sumRe * chirpRe[n] - sumIm * chirpIm[n];
      im[n] = sumRe * chirpIm[n] + sumIm * chirpRe[n];
    }
  };
}

/** A forward complex transform of one length, in place. Not re-entrant: the scratch is the plan's. */
export function complexTransform(size: number): ComplexTransform {
  const factors = radices(size);
  return factors ? mixedRadix(size, factors) : bluestein(size);
}

/** Real transform of one length; make one per length with `realFft`. */
export interface RealFft {
  readonly size: number;
  /** floor(size / 2) + 1 */
  readonly bins: number;
  /** `input` [size] is left as it is; `re`, `im` [bins] receive X[k] for k = 0 ... size / 2. */
  transform(input: Float64Array, re: Float64Array, im: Float64Array): void;
}

/** Plans the transform of `size` real values: an even size by one complex transform of half the length. */
export function realFft(size: number): RealFft {
  return size % 2 === 0 ? evenRealFft(size) : oddRealFft(size);
}

function evenRealFft(size: number): RealFft {
  const half = size / 2;
  const transform = complexTransform(half);
  const evens = new Float64Array(half);
  const odds = new Float64Array(half);
  const cos = Float64Array.from({ length: half + 1 }, (_, k) => Math.cos((-2 * Math.PI * k) / size));
  const sin = Float64Array.from({ length: half + 1 }, (_, k) => Math.sin((-2 * Math.PI * k) / size));
  return {
    size,
    bins: half + 1,
    transform(input, re, im) {
      for (let n = 0; n < half; n++) {
        evens[n] = input[2 * n];
        odds[n] = input[2 * n + 1];
      }
      transform(evens, odds);
      re[0] = evens[0] + odds[0];
      re[half] = evens[0] - odds[0];
      im[0] = im[half] = 0;
      // Z = E + iO; E and O are its conjugate-even and conjugate-odd parts, X[k] = E[k] + exp(-2 pi i k / size) O[k].
      for (let k = 1, mirror = half - 1; k < half; k++, mirror--) {
        const evenRe = 0.5 * (evens[k] + evens[mirror]);
        const evenIm = 0.5 * (odds[k] - odds[mirror]);
        const oddRe = 0.5 * (odds[k] + odds[mirror]);
        const oddIm = 0.5 * (evens[mirror] - evens[k]);
        re[k] = evenRe + oddRe * cos[k] - oddIm * sin[k];
        im[k] = evenIm + oddRe * sin[k] + oddIm * cos[k];
      }
    },
  };
}

function oddRealFft(size: number): RealFft {
  const transform = complexTransform(size);
  const workRe = new Float64Array(size);
  const workIm = new Float64Array(size);
  const bins = (size + 1) / 2;
  return {
    size,
    bins,
    transform(input, re, im) {
      workRe.set(input);
      workIm.fill(0);
      transform(workRe, workIm);
      for (let k = 0; k < bins; k++) {
        re[k] = workRe[k];
        im[k] = workIm[k];
      }
    },
  };
}

/** Inverse of `realFft` of an even size; make one per length with `inverseRealFft`. */
export interface InverseRealFft {
  readonly size: number;
  /** `re`, `im` [size / 2 + 1] are left as they are (the imaginary parts at both ends count as 0); `output` receives x [size]. */
  transform(re: Float64Array, im: Float64Array, output: Float64Array): void;
}

/** Plans x[n] = sum_k X[k] exp(2 pi i k n / size) / size of a spectrum that is conjugate-even. @param size even */
export function inverseRealFft(size: number): InverseRealFft {
  const half = size / 2;
  const transform = complexTransform(half);
  const workRe = new Float64Array(half);
  const workIm = new Float64Array(half);
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  return {
    size,
    transform(re, im, output) {
      // Z = E + iO again, conjugated: the inverse transform is the forward one of the conjugate.
      workRe[0] = 0.5 * (re[0] + re[half]);
      workIm[0] = -0.5 * (re[0] - re[half]);
      for (let k = 1, mirror = half - 1; k < half; k++, mirror--) {
        const evenRe = 0.5 * (re[k] + re[mirror]);
        const evenIm = 0.5 * (im[k] - im[mirror]);
        const gapRe = 0.5 * (re[k] - re[mirror]);
        const gapIm = 0.5 * (im[k] + im[mirror]);
        const oddRe = gapRe * cos[k] - gapIm * sin[k];
        const oddIm = gapRe * sin[k] + gapIm * cos[k];
        workRe[k] = evenRe - oddIm;
        workIm[k] = -(evenIm + oddRe);
      }
      transform(workRe, workIm);
      for (let n = 0; n < half; n++) {
        output[2 * n] = workRe[n] / half;
        output[2 * n + 1] = -workIm[n] / half;
      }
    },
  };
}
