import { HarkError } from '#shared/domain/errors.ts';
import { sliced, type Signal } from './signal/signal.ts';

/** A part of a recording in seconds; null: from its beginning, to its end. */
export interface Span {
  start: number | null;
  end: number | null;
}

/**
 * The samples of a span, [round(start * rate), round(end * rate)), held to what is there.
 * @throws HarkError bad-input if the span lies outside the recording or holds no sample
 */
export function cut(signal: Signal, { start, end }: Span): Signal {
  const { frames, sampleRate } = signal;
  const first = Math.max(0, Math.round((start ?? 0) * sampleRate));
  const last = Math.min(frames, Math.round((end ?? Infinity) * sampleRate));
  if (first >= last)
    throw new HarkError(
      'bad-input',
      `The span from ${start ?? 0} s to ${end ?? 'the end'}${end === null ? '' : ' s'} holds no sound: the recording is ${(frames / sampleRate).toFixed(3)} s long.`,
      { remedy: 'Mend its start and end.' },
    );
  return sliced(signal, first, last);
}
