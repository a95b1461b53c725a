import { move, transferableSymbol, valueSymbol } from 'piscina';
import { inspectFile } from '#main/audio/inspect.ts';
import type { SoundTask } from '#main/audio/sound-pool.ts';
import { extractBatch, type FeatureBatch } from './batch.ts';
import type { OverlayTask } from './overlays/on-thread.ts';
import { trackOverlay } from './overlays/track.ts';
import { draw, type Drawing } from './picture.ts';

/** What the threads of a SoundPool run: one task a message, results moved, not copied. */
const TASKS: { [Name in SoundTask['task']]: (task: Extract<SoundTask, { task: Name }>) => Promise<unknown> } = {
  async inspect({ paths }) {
    const found = [];
    for (const path of paths) found.push(await inspectFile(path));
    return found;
  },
  async features({ batch }) {
    const result = await extractBatch(batch as FeatureBatch);
    return move({ [transferableSymbol]: result.values.buffer, [valueSymbol]: result });
  },
  async picture({ drawing }) {
    const pixels = draw(drawing as Drawing);
    return move({ [transferableSymbol]: pixels.buffer, [valueSymbol]: pixels });
  },
  async overlay({ overlay }) {
    const { signal, options } = overlay as OverlayTask;
    const track = trackOverlay(signal, options);
    return move({ [transferableSymbol]: track.data.buffer, [valueSymbol]: track });
  },
};

export default async function work(task: SoundTask): Promise<unknown> {
  return TASKS[task.task](task as never);
}
