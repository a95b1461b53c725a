import { FeatureCache } from '#main/features/cache.ts';
import type { EntryPlace } from '#main/features/entry-reader.ts';
import type { Features } from '#main/features/extract.ts';
import { RunningStatistics, standardise, type Normalisation } from '#main/features/normalise.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { Part } from '#shared/domain/split.ts';
import type { PackedClips } from './batches.ts';
import type { TaskClip, TrainerTask } from './protocol.ts';
import { ReadAhead } from './read-ahead.ts';

/** A part of the split, standardised. */
export interface TaskPart {
  packed: PackedClips;
  /** Their ids in the store, in the same order. */
  clips: Int32Array;
}

export type TaskData = Record<Part, TaskPart> & { normalisation: Normalisation };

/** Features by their key; `FeatureCache` is one. */
export interface FeatureSource {
  /** Their shape, without reading them. */
  has(key: string): { frames: number; bins: number } | null;
  /** In memory that the next call may use again; null where they are not there or not whole. */
  borrow(key: string): Features | null;
  /** Where another thread can read them. */
  place(key: string): EntryPlace | null;
}

export interface PackOptions {
  /**
   * Bytes of features that stay in memory, training clips first; what is beyond is read each time it is needed. So a trainer's
   * memory does not grow with the dataset, and a small one is read once.
   */
  residentBytes?: number;
  /** Where reader.ts is, for a thread that reads what does not stay in memory a batch ahead. */
  reader?: URL;
}

const RESIDENT_BYTES = 256 * 2 ** 20;

/**
 * Opens the features of a task, standardised by mean and deviation of the training part alone. The cache stays open, for what does
 * not stay in memory is read from it while training.
 * @throws HarkError `bad-input` without training or test clips, `unreadable-file` where features are missing
 */
export function loadTask(task: TrainerTask, options: PackOptions = {}): TaskData {
  return packTask(task, FeatureCache.open(task.featureCache, { readOnly: true }), options);
}

/** The same, wherever the features come from. The numbers do not depend on the options. */
export function packTask(
  task: TrainerTask,
  source: FeatureSource,
  { residentBytes = RESIDENT_BYTES, reader }: PackOptions = {},
): TaskData {
  let values = Math.floor(residentBytes / Float32Array.BYTES_PER_ELEMENT);
  const open = (part: Part) => {
    const opened = new StreamedPart(clipsOf(task, part), task.inputSize, source, values);
    values -= opened.residentValues;
    return opened;
  };
  const parts = { train: open('train'), validation: open('validation'), test: open('test') };
  for (const part of ['train', 'test'] as const)
    if (parts[part].labels.length === 0)
      throw new HarkError('bad-input', `The split leaves no clips in the ${part} part.`, {
        where: 'split',
        remedy: 'Choose another split.',
      });
  const statistics = new RunningStatistics(task.inputSize);
  parts.train.read((features) => statistics.add(features));
  const normalisation = statistics.finish();
  for (const part of [parts.validation, parts.test]) part.read();
  const streams = Object.values(parts).some((part) => part.streams);
  const ahead = reader && streams ? new ReadAhead(reader) : null;
  for (const part of Object.values(parts)) part.ready(normalisation, ahead);
  const packed = (part: StreamedPart): TaskPart => ({ packed: part, clips: part.clips });
  return {
    ...{ train: packed(parts.train), validation: packed(parts.validation), test: packed(parts.test) },
    normalisation,
  };
}

const clipsOf = (task: TrainerTask, part: Part) => task.clips.filter((clip) => clip.part === part);

/** Clips of which the first stay in memory, as many as fit, and the others are read when they are copied. */
class StreamedPart implements PackedClips {
  readonly bins: number;
  readonly frames: Int32Array;
  readonly labels: Int32Array;
  readonly clips: Int32Array;
  readonly #keys: string[];
  readonly #source: FeatureSource;
  /** First value of each clip that stays in memory. */
  readonly #starts: Float64Array;
  readonly #resident: Float32Array;
  #normalisation: Normalisation | null = null;
  #ahead: ReadAhead | null = null;

  /** @param mostValues that may stay in memory */
  constructor(clips: TaskClip[], bins: number, source: FeatureSource, mostValues: number) {
    this.bins = bins;
    this.clips = Int32Array.from(clips, ({ clip }) => clip);
    this.labels = Int32Array.from(clips, ({ label }) => label);
    this.#keys = clips.map(({ features }) => features);
    this.#source = source;
    this.frames = Int32Array.from(clips, ({ clip, features }) => {
      const shape = source.has(features);
      if (!shape) throw missing(features);
      if (shape.bins === bins) return shape.frames;
      throw new HarkError('internal', `A clip has ${shape.bins} feature bins where ${bins} are expected.`, {
        where: `clip ${clip}`,
      });
    });
    const starts: number[] = [];
    let filled = 0;
    for (const frames of this.frames) {
      if (filled + frames * bins > mostValues) break;
      starts.push(filled);
      filled += frames * bins;
    }
    this.#starts = Float64Array.from(starts);
    this.#resident = new Float32Array(filled);
  }

  get residentValues(): number {
    return this.#resident.length;
  }

  /** Whether some clips do not stay in memory. */
  get streams(): boolean {
    return this.#starts.length < this.#keys.length;
  }

  /** Takes in what stays in memory, as it is. @param see is shown each clip, also those that do not stay */
  read(see?: (features: Features) => void): void {
    for (let clip = 0; clip < (see ? this.#keys : this.#starts).length; clip++) {
      const features = this.#borrow(clip);
      see?.(features);
      if (this.#stays(clip)) this.#resident.set(features.values, this.#starts[clip]);
    }
  }

  /** Once what stays in memory has been taken in. */
  ready(normalisation: Normalisation, ahead: ReadAhead | null): void {
    this.#normalisation = normalisation;
    this.#ahead = ahead;
    standardise(this.#resident, normalisation, this.#resident);
  }

  fill(clips: Int32Array, stride: number, out: Float32Array): void {
    const read = this.#ahead?.take(clips);
    let taken = 0;
    clips.forEach((clip, row) => {
      const length = this.frames[clip] * this.bins;
      if (this.#stays(clip))
        out.set(this.#resident.subarray(this.#starts[clip], this.#starts[clip] + length), row * stride);
      else if (read) out.set(read.subarray(taken, (taken += length)), row * stride);
      else standardise(this.#borrow(clip).values, this.#normalisation!, out, row * stride);
    });
  }

  expect(clips: Int32Array): void {
    if (!this.#ahead) return;
    const places: EntryPlace[] = [];
    for (const clip of clips) {
      if (this.#stays(clip)) continue;
      const place = this.#source.place(this.#keys[clip]);
      if (place?.frames !== this.frames[clip]) return;
      places.push(place);
    }
    if (places.length > 0) this.#ahead.ask(clips, places, this.#normalisation!);
  }

  #stays(clip: number): boolean {
    return clip < this.#starts.length;
  }

  #borrow(clip: number): Features {
    const features = this.#source.borrow(this.#keys[clip]);
    if (features?.frames === this.frames[clip]) return features;
    throw missing(this.#keys[clip]);
  }
}

const missing = (key: string): HarkError =>
  new HarkError('unreadable-file', 'The features of a clip are missing in the cache, or damaged.', {
    where: key,
    remedy: 'Resume the comparison: they will be made anew.',
  });
