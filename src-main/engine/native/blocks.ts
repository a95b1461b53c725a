/** Elements in one step along the axis before `axis`: the block that concatenating or splitting there moves as one. */
export const rowSize = (shape: number[], axis: number): number =>
  shape.slice(axis).reduce((product, n) => product * n, 1);

/** How many such blocks there are. */
export const outerSize = (shape: number[], axis: number): number =>
  shape.slice(0, axis).reduce((product, n) => product * n, 1);

/** Copies `count` blocks of `size` from one array to another, each side with its own offset and step. */
export function copyBlocks(
  ...[from, fromOffset, fromStep, to, toOffset, toStep, size, count]: [
    ...[from: Float32Array, fromOffset: number, fromStep: number],
    ...[to: Float32Array, toOffset: number, toStep: number],
    ...[size: number, count: number],
  ]
): void {
  for (let i = 0; i < count; i++) {
    const start = fromOffset + i * fromStep;
    to.set(from.subarray(start, start + size), toOffset + i * toStep);
  }
}
