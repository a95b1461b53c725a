import type { MemoryTask } from '#shared/domain/memory.ts';
import { Random } from '#shared/math/random.ts';
import { TASKS } from './tasks/table.ts';

/** Made sequences of equal length side by side. */
export interface MadeBatch {
  size: number;
  frames: number;
  channels: number;
  /** [size, frames, channels] */
  x: Float32Array;
  labels: Int32Array;
}

/**
 * Sequences of a task, the labels dealt out evenly. Depends on nothing but its arguments.
 * @param key what the random numbers belong to, e.g. a seed and a step
 */
export function makeBatch(task: MemoryTask, distance: number, size: number, ...key: (number | string)[]): MadeBatch {
  const { channels, classes, frames: framesOf, write } = TASKS[task];
  const random = new Random('memory', task, distance, ...key);
  const frames = framesOf(distance);
  const length = frames * channels.length;
  const x = new Float32Array(size * length);
  const labels = Int32Array.from({ length: size }, (_, row) => row % classes.length);
  labels.forEach((label, row) => write(x.subarray(row * length, (row + 1) * length), distance, label, random));
  return { size, frames, channels: channels.length, x, labels };
}
