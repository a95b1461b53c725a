import { move, transferableSymbol, valueSymbol } from 'piscina';
import { inspectFile } from '#main/audio/inspect.ts';
import { failed, type SoundTask } from '#main/audio/sound-pool.ts';
import { CLIP_SOUND_TASKS } from '#main/audio/sounds/worker.ts';
import { extractBatch, type FeatureBatch } from './batch.ts';
import { drawWanted, type PictureWanted } from './draw.ts';

/** What the threads of a SoundPool run: one task a message. */
const TASKS: { [Name in SoundTask['task']]: (task: Extract<SoundTask, { task: Name }>) => unknown } = {
  ...CLIP_SOUND_TASKS,
  async inspect({ paths }) {
    const found = [];
    for (const path of paths) found.push(await inspectFile(path));
    return found;
  },
  async features({ batch }) {
    const result = await extractBatch(batch as FeatureBatch);
    return moved(result, result.values);
  },
  picture: ({ picture }) => drawWanted(picture as PictureWanted),
};

/** A result whose array is moved to who asked, not copied. */
const moved = <Result>(result: Result, { buffer }: ArrayBufferView) =>
  move({ [transferableSymbol]: buffer, [valueSymbol]: result } as never);

export default async function work(task: SoundTask): Promise<unknown> {
  try {
    const result = await (TASKS[task.task] as (task: SoundTask) => unknown)(task);
    return ArrayBuffer.isView(result) && result.buffer instanceof ArrayBuffer ? moved(result, result) : result;
  } catch (thrown) {
    return failed(thrown);
  }
}
