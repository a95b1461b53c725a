import type { MemoryExample, MemoryTask } from '#shared/domain/memory.ts';
import { Random } from '#shared/math/random.ts';
import { TASKS } from './tasks/table.ts';

/** A sequence as networks are trained on. @param number every one gives another sequence, the same each time */
export function exampleOf(task: MemoryTask, distance: number, number: number): MemoryExample {
  const { channels, classes, frames: framesOf, spans, write } = TASKS[task];
  const random = new Random('memory example', task, number);
  const label = random.below(classes.length);
  const frames = framesOf(distance);
  const values = new Float32Array(frames * channels.length);
  write(values, distance, label, random);
  return { channels: [...channels], frames, values: [...values], spans: spans(distance), answer: classes[label] };
}
