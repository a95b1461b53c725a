import type { Host } from '#main/lab/host.ts';
import type { Predictions, TrainerTask } from '#main/training/protocol.ts';
import { trainerClient, TrainerDied } from '#main/training/trainer-client.ts';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';

/** A network whose trainer dies this often is given up. */
const MOST_DEATHS = 3;

export interface JudgeOptions {
  signal: AbortSignal;
  /** Epochs done, also parts of one. */
  onProgress: (epochs: number) => void;
}

/**
 * Trains a network in a process of its own and asks it of the test part. A process that dies is followed by another, which goes on
 * from its checkpoint.
 * @throws HarkError `cancelled`, what the trainer met, or `internal` where one trainer after the other dies
 */
export async function trainAndJudge(host: Host, task: TrainerTask, options: JudgeOptions): Promise<Predictions> {
  for (let deaths = 1; ; deaths++) {
    try {
      return await attempt(host, task, options);
    } catch (error) {
      throwIfCancelled(options.signal);
      if (!(error instanceof TrainerDied)) throw error;
      if (deaths > MOST_DEATHS)
        throw new HarkError('internal', `${error.message} It was started anew ${MOST_DEATHS} times in vain.`, {
          remedy: 'Close other programs if memory is short, then search again.',
          cause: error,
        });
    }
  }
}

async function attempt(host: Host, task: TrainerTask, { signal, onProgress }: JudgeOptions): Promise<Predictions> {
  throwIfCancelled(signal);
  const trainer = trainerClient(host.startProcess('trainer'), ({ epoch, share }) => onProgress(epoch - 1 + share));
  const kill = () => trainer.kill();
  signal.addEventListener('abort', kill, { once: true });
  try {
    let { finished } = await trainer.start(task);
    while (!finished) {
      const answer = await trainer.epoch();
      finished = answer!.finished;
      onProgress(answer!.record.epoch);
    }
    return (await trainer.finish()).predictions;
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
    // Its files are taken away next: it must not write any more.
    await trainer.exited;
  }
}
