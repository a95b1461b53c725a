/** Points in the cells of a grid, so that what is near is found without looking at all. */
export class PointGrid {
  readonly #points: Float32Array;
  readonly #side: number;
  readonly #left: number;
  readonly #low: number;
  readonly #cell: number;
  /** Points by cell: those of cell i are at #order[#starts[i]] to #order[#starts[i + 1]]. */
  readonly #starts: Int32Array;
  readonly #order: Int32Array;

  /** @param points [count, 2] */
  constructor(points: Float32Array) {
    const count = points.length / 2;
    this.#points = points;
    this.#side = Math.max(1, Math.ceil(Math.sqrt(count / 2)));
    let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < count; i++) {
      left = Math.min(left, points[2 * i]);
      right = Math.max(right, points[2 * i]);
      low = Math.min(low, points[2 * i + 1]);
      high = Math.max(high, points[2 * i + 1]);
    }
    this.#left = left;
    this.#low = low;
    this.#cell = Math.max(right - left, high - low) / this.#side || 1;
    const cells = Int32Array.from({ length: count }, (_, i) => this.#cellOf(points[2 * i], points[2 * i + 1]));
    this.#starts = new Int32Array(this.#side * this.#side + 1);
    for (const cell of cells) this.#starts[cell + 1]++;
    for (let cell = 0; cell < this.#side * this.#side; cell++) this.#starts[cell + 1] += this.#starts[cell];
    const next = this.#starts.slice();
    this.#order = new Int32Array(count);
    cells.forEach((cell, i) => (this.#order[next[cell]++] = i));
  }

  /** The nearest point no farther than `reach` for which `counts` holds; of equally near ones the last; -1: none. */
  nearest(x: number, y: number, reach: number, counts: (index: number) => boolean): number {
    let found = -1;
    let least = reach * reach;
    const [fromColumn, toColumn] = [this.#column(x - reach), this.#column(x + reach)];
    const [fromRow, toRow] = [this.#row(y - reach), this.#row(y + reach)];
    for (let row = fromRow; row <= toRow; row++)
      for (let column = fromColumn; column <= toColumn; column++) {
        const cell = row * this.#side + column;
        for (let at = this.#starts[cell]; at < this.#starts[cell + 1]; at++) {
          const i = this.#order[at];
          const distance = (this.#points[2 * i] - x) ** 2 + (this.#points[2 * i + 1] - y) ** 2;
          if (distance <= least && counts(i)) {
            least = distance;
            found = i;
          }
        }
      }
    return found;
  }

  #column = (x: number): number => this.#held(Math.floor((x - this.#left) / this.#cell));
  #row = (y: number): number => this.#held(Math.floor((y - this.#low) / this.#cell));
  #held = (place: number): number => Math.max(0, Math.min(this.#side - 1, place));
  #cellOf = (x: number, y: number): number => this.#row(y) * this.#side + this.#column(x);
}
