import { besselI0 } from '#shared/math/windows.ts';

export interface ResampleOptions {
  /** Zero crossings of the sinc on each side; more make a sharper filter. */
  lowpassFilterWidth: number;
  /** Where the low-pass begins to close, as a part of the lower of the two Nyquist frequencies. */
  rolloff: number;
  /** Shape of the taper over the sinc: Hann, or Kaiser with this beta. */
  window: 'hann' | { kaiserBeta: number };
}

/**
 * What a run of outputs is made with: output m is sum_k values[p, k] x[floor(m / up) down + firsts[p] + k], p = m mod up.
 */
export interface Phases {
  up: number;
  down: number;
  /** Of one phase. */
  taps: number;
  /** [phases] */
  firsts: Int32Array;
  /** [phases, taps] */
  values: Float64Array;
}

/** The filter between two rates without common factor: `up` outputs for `down` inputs. */
export interface Filter {
  up: number;
  down: number;
  taps: number;
  /**
   * Calls `use` with the phases of the outputs from `from` to `end` and the number that `from` has among them. Phases are made
   * when they are first needed and kept; those of rates with hardly a common factor are too many, and come a part at a time.
   */
  inParts(from: number, end: number, use: (phases: Phases, from: number, count: number) => void): void;
}

const filters = new Map<string, Filter>();
const MOST_FILTERS = 8;
/** Taps of one filter that are kept. */
const MOST_TAPS = 4_000_000;
/** Outputs of a part whose phases are not kept. */
const PART = 4096;

/** The filter of two whole rates in Hz; the last few are kept. */
export function filterFor(from: number, to: number, options: ResampleOptions): Filter {
  const divisor = greatestCommonDivisor(from, to);
  const key = `${from / divisor} ${to / divisor} ${JSON.stringify(options)}`;
  let filter = filters.get(key);
  if (!filter) {
    filter = planFilter(from / divisor, to / divisor, options);
    if (filters.size >= MOST_FILTERS) filters.clear();
    filters.set(key, filter);
  }
  return filter;
}

function planFilter(down: number, up: number, { lowpassFilterWidth, rolloff, window }: ResampleOptions): Filter {
  const cutoff = rolloff * Math.min(down, up);
  const reach = (lowpassFilterWidth * down) / cutoff;
  const taper = window === 'hann' ? hann : kaiser(window.kaiserBeta);
  const taps = Math.floor(2 * reach) + 1;

  /** Phase n as row `row`. */
  function write(n: number, { firsts, values }: Phases, row: number): void {
    const first = Math.ceil((n * down) / up - reach);
    firsts[row] = first;
    for (let k = 0; k < taps; k++) {
      const t = ((first + k) / down - n / up) * cutoff;
      if (Math.abs(t) > lowpassFilterWidth) continue;
      const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
      values[row * taps + k] = (sinc * taper(t / lowpassFilterWidth) * cutoff) / down;
    }
  }
  const room = (count: number): Phases => ({
    ...{ up, down, taps },
    firsts: new Int32Array(count),
    values: new Float64Array(count * taps),
  });

  let kept = room(0);
  /** The first `count` phases. */
  function keep(count: number): Phases {
    const made = kept.firsts.length;
    if (made < count) {
      // Twice as many as before, so that a sound in small parts does not copy them again and again.
      const more = room(Math.min(up, Math.max(count, 2 * made)));
      more.firsts.set(kept.firsts);
      more.values.set(kept.values);
      for (let n = made; n < more.firsts.length; n++) write(n, more, n);
      kept = more;
    }
    return kept;
  }

  return {
    ...{ up, down, taps },
    inParts(from, end, use) {
      if (from >= end) return;
      if (up * taps <= MOST_TAPS) return use(keep(Math.min(up, end)), from, end - from);
      for (let n = from; n < end; n += PART) {
        const count = Math.min(PART, end - n);
        const phases = { ...room(count), up: count };
        for (let row = 0; row < count; row++) {
          write((n + row) % up, phases, row);
          phases.firsts[row] += Math.floor((n + row) / up) * down;
        }
        use(phases, 0, count);
      }
    },
  };
}

/** Tapers over u in [-1, 1]. */
const hann = (u: number) => Math.cos((Math.PI * u) / 2) ** 2;
const kaiser = (beta: number) => (u: number) => besselI0(beta * Math.sqrt(Math.max(0, 1 - u * u))) / besselI0(beta);

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
