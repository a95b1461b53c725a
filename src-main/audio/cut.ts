import { HarkError } from '#shared/domain/errors.ts';

/** A part of a recording in seconds; null: from its beginning, to its end. */
export interface Span {
  start: number | null;
  end: number | null;
}

/**
 * The samples of a span, [round(start * rate), round(end * rate)), held to what is there. A view, not a copy.
 * @throws HarkError bad-input if the span lies outside the recording or holds no sample
 */
export function cut(samples: Float32Array, sampleRate: number, { start, end }: Span): Float32Array {
  const first = Math.max(0, Math.round((start ?? 0) * sampleRate));
  const last = Math.min(samples.length, Math.round((end ?? Infinity) * sampleRate));
  if (first >= last)
    throw new HarkError(
      'bad-input',
      `The span from ${start ?? 0} s to ${end ?? 'the end'}${end === null ? '' : ' s'} holds no sound: the recording is ${(samples.length / sampleRate).toFixed(3)} s long.`,
      { remedy: 'Mend its start and end.' },
    );
  return samples.subarray(first, last);
}
