import { Random } from '#shared/math/random.ts';

/** `groups` clouds of `each` points around centres `apart` from each other. @returns [groups x each, width], a group after the other */
export function clouds(groups: number, each: number, width: number, apart: number, seed = 1): Float32Array {
  const random = new Random(seed, 'clouds');
  const centres = Array.from({ length: groups }, () => Array.from({ length: width }, () => apart * random.normal()));
  return Float32Array.from({ length: groups * each * width }, (_, at) => {
    const centre = centres[Math.floor(at / (each * width))];
    return centre[at % width] + random.normal();
  });
}

export const never = () => Promise.resolve();
