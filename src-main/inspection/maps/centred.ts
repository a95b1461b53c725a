import { HarkError } from '#shared/domain/errors.ts';

/**
 * Vectors less their mean, in double precision.
 * @param vectors [count, width]
 * @throws HarkError `conflict` where a network answers with numbers that are not finite
 */
export function centred(vectors: Float32Array, width: number): Float64Array {
  const count = vectors.length / width;
  const mean = new Float64Array(width);
  for (let row = 0; row < count; row++) for (let i = 0; i < width; i++) mean[i] += vectors[row * width + i] / count;
  if (!mean.every(Number.isFinite))
    throw new HarkError('conflict', 'This network makes numbers of the clips that are not finite.', {
      remedy: 'Its training went astray: train it again with a smaller learning rate, or choose another network.',
    });
  return Float64Array.from(vectors, (value, at) => value - mean[at % width]);
}
