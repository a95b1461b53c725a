import type { Host } from '#main/lab/host.ts';
import type { Predictions, TrainerTask } from '#main/training/protocol.ts';
import { trainerClient, TrainerDied } from '#main/training/trainer-client.ts';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';

/** A network whose trainer dies this often is given up. */
const MOST_DEATHS = 3;
/** How often a network is asked while it learns: each fifth of its epochs. */
const LOOKS = 5;

/** What a network said after an epoch, of the clips it was trained on and of those it was not. */
export interface Look {
  train: Predictions;
  test: Predictions;
}

export interface JudgeOptions {
  signal: AbortSignal;
  /** Epochs done, also parts of one. */
  onProgress: (epochs: number) => void;
}

/**
 * Trains a network in a process of its own and asks it of all clips at each fifth of its epochs, the last one among them. A process
 * that dies is followed by another, which goes on from its checkpoint.
 * @returns the looks in the order of the epochs
 * @throws HarkError `cancelled`, what the trainer met, or `internal` where one trainer after the other dies
 */
export async function trainAndJudge(host: Host, task: TrainerTask, options: JudgeOptions): Promise<Look[]> {
  const looks = new Map<number, Look>();
  for (let deaths = 1; ; deaths++) {
    try {
      await attempt(host, task, looks, options);
      return [...looks.values()];
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

/** The epochs after which a network of so many is asked. */
export const lookEpochs = (epochs: number): Set<number> =>
  new Set(Array.from({ length: LOOKS }, (_, look) => Math.max(1, Math.round(((look + 1) * epochs) / LOOKS))));

/** @param looks those there are; a trainer that goes on from a checkpoint adds those still to come */
async function attempt(
  host: Host,
  task: TrainerTask,
  looks: Map<number, Look>,
  { signal, onProgress }: JudgeOptions,
): Promise<void> {
  throwIfCancelled(signal);
  const trainer = trainerClient(host.startProcess('trainer'), ({ epoch, share }) => onProgress(epoch - 1 + share));
  const kill = () => trainer.kill();
  signal.addEventListener('abort', kill, { once: true });
  const wanted = lookEpochs(task.training.epochs);
  const look = async (epoch: number) => {
    if (!wanted.has(epoch) || looks.has(epoch)) return;
    const { train, test } = await trainer.judge();
    looks.set(epoch, { train, test });
  };
  try {
    const ready = await trainer.start(task);
    let { finished } = ready;
    // The one before may have died between an epoch and its look.
    await look(ready.epochs.length);
    while (!finished) {
      const answer = await trainer.epoch();
      finished = answer!.finished;
      onProgress(answer!.record.epoch);
      await look(answer!.record.epoch);
    }
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
    // Its files are taken away next: it must not write any more.
    await trainer.exited;
  }
}
