import { FeatureCache } from '#main/features/cache.ts';
import type { Features } from '#main/features/extract.ts';
import { normalise, RunningStatistics, type Normalisation } from '#main/features/normalise.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { Part } from '#shared/domain/split.ts';
import type { PackedClips } from './batches.ts';
import type { TaskClip, TrainerTask } from './protocol.ts';

/** A part of the split in memory, standardised. */
export interface TaskPart {
  packed: PackedClips;
  /** Their ids in the store, in the same order. */
  clips: Int32Array;
}

export type TaskData = Record<Part, TaskPart> & { normalisation: Normalisation };

/** Features by their key in the cache. @throws HarkError where they are not there or not whole */
export type ReadFeatures = (key: string) => Features;

/**
 * Reads the features of a task and standardises them by mean and deviation of the training part alone.
 * @throws HarkError `bad-input` without training or test clips, `unreadable-file` where features are missing
 */
export function loadTask(task: TrainerTask): TaskData {
  using cache = FeatureCache.open(task.featureCache, { readOnly: true });
  return packTask(task, (key) => {
    const features = cache.get(key);
    if (features) return features;
    throw new HarkError('unreadable-file', 'The features of a clip are missing in the cache, or damaged.', {
      where: key,
      remedy: 'Resume the comparison: they will be made anew.',
    });
  });
}

/** The same, wherever the features come from. */
export function packTask(task: TrainerTask, read: ReadFeatures): TaskData {
  const pack = (part: Part) => packPart(clipsOf(task, part), task.inputSize, read);
  const parts = { train: pack('train'), validation: pack('validation'), test: pack('test') };
  for (const part of ['train', 'test'] as const)
    if (parts[part].clips.length === 0)
      throw new HarkError('bad-input', `The split leaves no clips in the ${part} part.`, {
        where: 'split',
        remedy: 'Choose another split.',
      });
  const statistics = new RunningStatistics(task.inputSize);
  statistics.add(asOneClip(parts.train.packed));
  const normalisation = statistics.finish();
  for (const { packed } of Object.values(parts)) packed.values = normalise(asOneClip(packed), normalisation).values;
  return { ...parts, normalisation };
}

const clipsOf = (task: TrainerTask, part: Part) => task.clips.filter((clip) => clip.part === part);

/** Frame statistics do not care whose frame it is. */
const asOneClip = ({ values, bins }: PackedClips): Features => ({ frames: values.length / bins, bins, values });

function packPart(clips: TaskClip[], bins: number, read: ReadFeatures): TaskPart {
  const entries = clips.map(({ features }) => read(features));
  const frames = Int32Array.from(entries, (entry) => entry.frames);
  const starts = new Float64Array(entries.length);
  for (let i = 1; i < starts.length; i++) starts[i] = starts[i - 1] + frames[i - 1];
  const values = new Float32Array(frames.reduce((total, n) => total + n, 0) * bins);
  entries.forEach((entry, index) => {
    if (entry.bins !== bins)
      throw new HarkError('internal', `A clip has ${entry.bins} feature bins where ${bins} are expected.`, {
        where: `clip ${clips[index].clip}`,
      });
    values.set(entry.values, starts[index] * bins);
  });
  return {
    packed: { bins, values, starts, frames, labels: Int32Array.from(clips, (clip) => clip.label) },
    clips: Int32Array.from(clips, (clip) => clip.clip),
  };
}
