import type { Inspection } from '#main/audio/inspect.ts';

/**
 * Reads sound files, several at a time, and answers each once, some at a time. `SoundPool.inspect` is one.
 * @throws HarkError `cancelled` when its signal is aborted
 */
export type Inspect = (paths: readonly string[], options: { signal?: AbortSignal }) => AsyncIterable<Inspection[]>;
