import type { BitWriter } from './bits.ts';
import { fixedPredictors, linearPredictor } from './flac-predict.ts';

/** A way to write one channel of a frame (RFC 9639, section 9.2), and how long it would be. */
export interface Subframe {
  bits: number;
  write(out: BitWriter): void;
}

/** The shortest subframe for samples of so many bits. */
export function planSubframe(samples: Int32Array, bits: number): Subframe {
  if (samples.every((value) => value === samples[0])) return constant(samples[0], bits);
  return [verbatim(samples, bits), ...predicted(samples, bits)].reduce((best, each) =>
    each.bits < best.bits ? each : best,
  );
}

const HEADER = 8;
const KINDS = { constant: 0, verbatim: 1, fixed: 8, linear: 32 };

/** A zero, six bits of kind, and a zero: no low bits are left out. */
const header = (out: BitWriter, kind: number) => out.write(kind << 1, HEADER);

const constant = (value: number, bits: number): Subframe => ({
  bits: HEADER + bits,
  write(out) {
    header(out, KINDS.constant);
    out.write(value, bits);
  },
});

const verbatim = (samples: Int32Array, bits: number): Subframe => ({
  bits: HEADER + bits * samples.length,
  write(out) {
    header(out, KINDS.verbatim);
    for (const value of samples) out.write(value, bits);
  },
});

/** Bits of the precision of coefficients less one, and of their shift. */
const PRECISION_BITS = 4;
const SHIFT_BITS = 5;

function predicted(samples: Int32Array, bits: number): Subframe[] {
  const warmUp = (out: BitWriter, order: number) => {
    for (let n = 0; n < order; n++) out.write(samples[n], bits);
  };
  const plans = fixedPredictors(samples).map(({ order, residual }): Subframe => {
    const rest = planResidual(residual, order);
    return {
      bits: HEADER + order * bits + rest.bits,
      write(out) {
        header(out, KINDS.fixed + order);
        warmUp(out, order);
        rest.write(out);
      },
    };
  });
  const linear = linearPredictor(samples, bits);
  if (!linear) return plans;
  const { order, residual, coefficients, precision, shift } = linear;
  const rest = planResidual(residual, order);
  return [
    ...plans,
    {
      bits: HEADER + order * (bits + precision) + PRECISION_BITS + SHIFT_BITS + rest.bits,
      write(out) {
        header(out, KINDS.linear + order - 1);
        warmUp(out, order);
        out.write(precision - 1, PRECISION_BITS);
        out.write(shift, SHIFT_BITS);
        for (const value of coefficients) out.write(value, precision);
        rest.write(out);
      },
    },
  ];
}

const MOST_PARTITION_ORDER = 6;
/** Parameters above this one need five bits. */
const MOST_SHORT = 14;
const MOST_LONG = 30;

/** Rice codes of a residual in 2^n partitions, each with a parameter of its own. @param residual of the whole block, 0 for `order` */
function planResidual(residual: Int32Array, order: number): Subframe {
  const size = residual.length;
  let finest = 0;
  while (finest < MOST_PARTITION_ORDER && size % 2 ** (finest + 1) === 0 && size / 2 ** (finest + 1) > order) finest++;
  // Sums of the finest partitions; those of coarser ones are sums of these.
  let sums = new Float64Array(2 ** finest);
  const length = size / sums.length;
  for (let n = order; n < size; n++) sums[Math.floor(n / length)] += zigzag(residual[n]);
  let best: { bits: number; parameters: number[] } | null = null;
  for (; ; sums = sums.filter((_, i) => i % 2 === 0).map((_, i) => sums[2 * i] + sums[2 * i + 1])) {
    const parameters = Array.from(sums, (sum, i) => parameterFor(sum, size / sums.length - (i === 0 ? order : 0)));
    const width = parameters.some((parameter) => parameter > MOST_SHORT) ? 5 : 4;
    let bits = 6 + width * parameters.length;
    parameters.forEach((parameter, i) => {
      const count = size / sums.length - (i === 0 ? order : 0);
      bits += count * (parameter + 1) + Math.max(0, Math.floor(sums[i] / 2 ** parameter - count / 2));
    });
    if (!best || bits < best.bits) best = { bits, parameters };
    if (sums.length === 1) break;
  }
  const { bits, parameters } = best;
  const width = parameters.some((parameter) => parameter > MOST_SHORT) ? 5 : 4;
  return {
    bits,
    write(out) {
      out.write(width === 5 ? 1 : 0, 2);
      out.write(Math.log2(parameters.length), 4);
      const partition = size / parameters.length;
      parameters.forEach((parameter, i) => {
        out.write(parameter, width);
        for (let n = Math.max(order, i * partition); n < (i + 1) * partition; n++)
          out.rice(zigzag(residual[n]), parameter);
      });
    },
  };
}

/** 0, -1, 1, -2, ... as 0, 1, 2, 3, ... */
const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;

/** The parameter near the best for values of this sum: quotients are then about 1/2 to 1 on average. */
const parameterFor = (sum: number, count: number): number =>
  Math.min(MOST_LONG, Math.max(0, Math.floor(Math.log2(Math.max(1, sum / Math.max(1, count))))));
