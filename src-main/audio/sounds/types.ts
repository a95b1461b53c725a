import type { Edit } from '#shared/domain/edit.ts';
import type { Signal } from '../signal/signal.ts';
import type { SoundTask } from '../sound-pool.ts';
import type { Band } from './heard.ts';

/** All that is to be known of a clip to make its sound; a record of the lab's store has it. */
export interface ClipOfFile {
  id: number;
  /** Absolute path. */
  path: string;
  contentHash: string;
  /** Seconds into the file; null: from its beginning, to its end. */
  start: number | null;
  end: number | null;
  /** Whether its file was last found to be gone. */
  missing: boolean;
  edits: readonly Edit[];
}

/** A clip's sound as edited. Equal keys, equal samples. */
export interface ClipSound {
  key: string;
  /** Of the clip's file. */
  contentHash: string;
  signal: Signal;
}

export interface SoundOptions {
  /** Only the first so many edits of the clip's list; none given: all. */
  edits?: number | undefined;
  /** Tried on top of the clip's list: its preview. */
  edit?: Edit | null | undefined;
  /** Stops the rendering, unless somebody else waits for it too. */
  signal?: AbortSignal | undefined;
  /** Hears how much of the rendering is done, 0 to 1. */
  progress?: ((share: number) => void) | undefined;
}

/** A part of a clip's sound. `channel` counts from 0; null: the mix of all. */
export interface PartOptions extends SoundOptions {
  /** Seconds, held to what is there; null: from the beginning, to the end. */
  start?: number | null | undefined;
  end?: number | null | undefined;
  channel?: number | null | undefined;
}

/** One channel's samples, or those of the mix. */
export interface PartOfSound {
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
  /** Seconds of the clip at which the first of them stands. */
  start: number;
}

/** What a waveform is drawn from. */
export interface Peaks {
  /** [points, 2]: least and greatest sample. */
  pairs: Float32Array;
  /** Largest absolute sample of the whole clip, in the channel that was asked for or the mix. */
  peak: number;
  /** Hz. */
  sampleRate: number;
  /** Of the whole clip. */
  frames: number;
}

/** A WAV file of a clip that is made as it is read. */
export interface WavFile {
  /** Bytes. */
  size: number;
  /** Bytes [first, last]. */
  read(first: number, last: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/**
 * The sound of clips as edited, made on threads. A clip is named by its id or given as a record, which may bear another list of
 * edits. All methods throw HarkError `not-found` for a clip or file that is not there, `unreadable-file` for one that has changed
 * or cannot be read, `bad-input` for edits and parts that do not fit, and `cancelled`.
 */
export interface ClipSounds {
  sound(clip: number | ClipOfFile, options?: SoundOptions): Promise<ClipSound>;
  /** @throws HarkError also bad-input for more than can be held in memory at once */
  part(clip: number | ClipOfFile, options?: PartOptions): Promise<PartOfSound>;
  /** `count` samples from sample `from` on; fewer at the end. @throws HarkError as `part` */
  samples(
    clip: number | ClipOfFile,
    from: number,
    count: number,
    options?: PartOptions,
    stop?: AbortSignal,
  ): Promise<Float32Array>;
  /** @param stop comes when nobody wants the peaks any more; what was rendered for them stays */
  peaks(clip: number | ClipOfFile, points: number, options?: PartOptions, stop?: AbortSignal): Promise<Peaks>;
  /** 16-bit PCM. `band`: only that is heard. */
  wav(clip: number | ClipOfFile, options?: SoundOptions & { band?: Band | null }): Promise<WavFile>;
  /** Keeps a part of a clip's sound in the lab, for paste and for profiles of noise: its hash, and seconds. */
  keep(
    clip: number | ClipOfFile,
    span: { start: number; end: number },
  ): Promise<{ sound: string; duration: number; sampleRate: number }>;
  /** Runs a task on the threads that a window waits for, what was asked last first. @throws HarkError cancelled */
  readonly run: <Result>(task: SoundTask, stop?: AbortSignal) => Promise<Result>;
}
