/** Bits one after another, the highest first, in memory that grows. */
export class BitWriter {
  #bytes = new Uint8Array(65_536);
  #length = 0;
  /** Bits that do not fill a byte yet. */
  #pending = 0;
  #count = 0;

  /** The low `count` bits of a whole number. @param count at most 32 */
  write(value: number, count: number): void {
    if (count > 16) {
      this.#put((value >>> 16) & (2 ** (count - 16) - 1), count - 16);
      this.#put(value & 0xffff, 16);
    } else this.#put(value & ((1 << count) - 1), count);
  }

  /** `quotient` zeros, a one, and the low `parameter` bits: a Rice code. */
  rice(value: number, parameter: number): void {
    let zeros = value >>> parameter;
    for (; zeros > 15; zeros -= 15) this.#put(0, 15);
    this.#put(1, zeros + 1);
    if (parameter > 0) this.write(value, parameter);
  }

  /** Fills up the last byte with zeros. */
  align(): void {
    if (this.#count > 0) this.#put(0, 8 - this.#count);
  }

  /** The bytes so far; valid until the next call. Call `align` first. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = this.#pending = this.#count = 0;
  }

  /** @param count at most 16 */
  #put(value: number, count: number): void {
    this.#pending = (this.#pending << count) | value;
    this.#count += count;
    if (this.#length + 4 > this.#bytes.length) {
      const more = new Uint8Array(2 * this.#bytes.length);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#bytes[this.#length++] = this.#pending >>> this.#count;
    }
    this.#pending &= (1 << this.#count) - 1;
  }
}

/** Cyclic redundancy check, highest bit first, from 0. @param polynomial without its top bit, which is bit `width` */
export function crcTable(polynomial: number, width: 8 | 16): (bytes: Uint8Array) => number {
  const top = 1 << (width - 1);
  const mask = 2 ** width - 1;
  const table = Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) crc = crc & top ? ((crc << 1) ^ polynomial) & mask : (crc << 1) & mask;
    return crc;
  });
  return (bytes) => {
    let crc = 0;
    for (let n = 0; n < bytes.length; n++) crc = ((crc << 8) & mask) ^ table[(crc >> (width - 8)) ^ bytes[n]];
    return crc;
  };
}
