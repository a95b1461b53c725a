import { closeSync, openSync, writeSync } from 'node:fs';

/** Where a tensor stands in a file of floats. */
export interface Place {
  shape: readonly number[];
  /** In floats. */
  offset: number;
}

/** Writes tensors one behind the other as 32-bit floats. @returns where each of them stands */
export function writeTensors(
  file: string,
  tensors: ReadonlyMap<string, { shape: readonly number[]; values: Float32Array }>,
): Record<string, Place> {
  const places: Record<string, Place> = {};
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    places[name] = { shape, offset };
    offset += values.length;
  }
  writeFloats(
    file,
    [...tensors.values()].map(({ values }) => values),
  );
  return places;
}

/** Writes arrays end to end as 32-bit floats. */
export function writeFloats(file: string, parts: readonly Float32Array[]): void {
  const descriptor = openSync(file, 'w');
  for (const part of parts) writeSync(descriptor, part);
  closeSync(descriptor);
}

/**
 * Programs that are measured beside each other must compute the same.
 * @param tolerance of the largest difference, relative to the largest value
 * @throws Error that names the peer
 */
export function expectSame(what: string, ours: ArrayLike<number>, theirs: ArrayLike<number>, tolerance: number): void {
  if (ours.length !== theirs.length) throw new Error(`${what}: ${theirs.length} values, ours are ${ours.length}`);
  let worst = 0;
  let largest = 0;
  for (let i = 0; i < ours.length; i++) {
    const gap = Math.abs(ours[i] - theirs[i]);
    if (!(gap <= worst)) worst = gap;
    largest = Math.max(largest, Math.abs(theirs[i]));
  }
  if (!(worst <= tolerance * largest))
    throw new Error(`${what} computes something else: off by ${worst}, where the largest value is ${largest}`);
}
