/** What a look into a sound file tells without keeping its samples. */
export interface SoundProbe {
  container: string;
  codec: string;
  /** Hz. */
  sampleRate: number;
  channels: number;
  bits: number | null;
  /** Samples per channel. */
  frames: number;
  /** Seconds. */
  duration: number;
  warnings: string[];
}

/** A file that was read, or why it could not be. `hash` is of the file's content. */
export type Inspected =
  | { path: string; hash: string; size: number; mtimeMs: number; probe: SoundProbe; refusal?: undefined }
  | { path: string; refusal: { reason: string }; probe?: undefined };

/**
 * Reads sound files, several at a time, and answers each once, in any order. Stops early (or throws `cancelled`) when
 * its signal is aborted.
 */
export type Inspect = (paths: string[], options: { signal?: AbortSignal }) => AsyncIterable<Inspected>;
