/**
 * Memory for tensors and workspaces, used again when they are gone. A training step makes the same sizes time after time; fresh
 * memory would be cleared by the system page by page, and collected, at each of them.
 *
 * What it gives is not zeroed. What somebody else has seen (`keep`) is never used again.
 */
export class Memory {
  /** By capacity; of each the one last given back at the end. */
  readonly #idle = new Map<number, Idle[]>();
  /** What is out, with its capacity. */
  readonly #lent = new WeakMap<Float32Array, Block>();
  readonly #wantHugePages: (memory: Uint8Array) => number;
  #taken = 0;

  /** @param wantHugePages asks the system for large pages in memory that has not been written to yet; at which byte they begin */
  constructor(wantHugePages: (memory: Uint8Array) => number) {
    this.#wantHugePages = wantHugePages;
  }

  /** @param size floats */
  take(size: number): Float32Array<ArrayBuffer> {
    if (size < SMALL) return dirty(new Float32Array(size));
    const capacity = capacityFor(size);
    const block = this.#idle.get(capacity)?.pop()?.block ?? this.#fresh(capacity);
    if (++this.#taken % TRIM_EVERY === 0) this.#trim();
    const values = new Float32Array(block.buffer, block.at, size);
    this.#lent.set(values, block);
    return dirty(values);
  }

  /** What `take` gave is needed no more. Other arrays are left alone. */
  giveBack(values: ArrayBufferView): void {
    const block = this.#lent.get(values as Float32Array);
    if (!block) return;
    this.#lent.delete(values as Float32Array);
    const idle = this.#idle.get(block.capacity) ?? [];
    this.#idle.set(block.capacity, idle);
    idle.push({ block, since: this.#taken });
  }

  /** Somebody else may look at these values later: they are theirs from now on. */
  keep(values: ArrayBufferView): void {
    this.#lent.delete(values as Float32Array);
  }

  #fresh(capacity: number): Block {
    if (capacity < LARGE) return { buffer: new ArrayBuffer(capacity * 4), at: 0, capacity };
    // Room for the values wherever in it the first large page begins.
    const buffer = new ArrayBuffer(capacity * 4 + LARGE_PAGE);
    return { buffer, at: this.#wantHugePages(new Uint8Array(buffer)), capacity };
  }

  /** Lets go of what nobody has wanted for a while: sizes of other batches, other models. */
  #trim(): void {
    for (const [capacity, idle] of this.#idle) {
      const wanted = idle.filter(({ since }) => since > this.#taken - TRIM_AFTER);
      if (wanted.length > 0) this.#idle.set(capacity, wanted);
      else this.#idle.delete(capacity);
    }
  }
}

interface Block {
  buffer: ArrayBuffer;
  /** The byte its values begin at. */
  at: number;
  /** Floats. */
  capacity: number;
}
interface Idle {
  block: Block;
  /** How much had been taken when it was given back. */
  since: number;
}

/** Floats: below this, new memory costs no more than the bookkeeping. */
const SMALL = 512;
/** Bytes; what is never touched costs nothing. */
const LARGE_PAGE = 2 << 20;
/** Floats: from here on large pages are worth asking for. */
const LARGE = 1 << 18;
/** In calls of `take`; a step of a deep network makes some hundreds. */
const TRIM_EVERY = 256;
const TRIM_AFTER = 4096;

/** Rounded up to an eighth of the power of two below, so that lengths which differ little share memory. */
function capacityFor(size: number): number {
  const step = 2 ** (Math.floor(Math.log2(size)) - 3);
  return Math.ceil(size / step) * step;
}

/** With HARK_DIRTY_MEMORY, as under test, nobody finds zeros by chance. */
const dirty: (values: Float32Array<ArrayBuffer>) => Float32Array<ArrayBuffer> = process.env['HARK_DIRTY_MEMORY']
  ? (values) => values.fill(NaN)
  : (values) => values;
