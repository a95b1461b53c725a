/**
 * Random numbers that depend on nothing but their key, so that an epoch can be begun again after a crash with the same
 * order and the same dropout. Counter based: SplitMix32-style mixing of (seed, stream, counter).
 */
export class Random {
  #state: number;
  #spare: number | null = null;

  /** @param keys any whole numbers or words, e.g. `new Random(seed, 'shuffle', epoch)` */
  constructor(...keys: (number | string)[]) {
    let hash = 0x9e3779b9;
    for (const key of keys) {
      const words =
        typeof key === 'number'
          ? [key >>> 0, Math.floor(key / 0x1_0000_0000) >>> 0]
          : [...key].map((c) => c.codePointAt(0)!);
      for (const word of words) hash = mix(hash ^ word);
      hash = mix(hash ^ (typeof key === 'number' ? 0x51ed270b : 0x2545f491));
    }
    this.#state = hash >>> 0;
  }

  /** 32 random bits. */
  uint32(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    return mix(this.#state);
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x400_0000 + low) / 0x20_0000_0000_0000;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** Whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Normal with mean 0 and standard deviation 1 (Marsaglia's polar method). */
  normal(): number {
    if (this.#spare !== null) {
      const value = this.#spare;
      this.#spare = null;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        this.#spare = v * scale;
        return u * scale;
      }
    }
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** Fisher-Yates, in place; returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const held = items[i];
      items[i] = items[j];
      items[j] = held;
    }
    return items;
  }
}

function mix(word: number): number {
  let z = word >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
