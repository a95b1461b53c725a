import type { ChildProcess } from '#main/lab/host.ts';
import { fromPlain } from '#shared/domain/errors.ts';
import type { Answer, FromTrainer, ToTrainer, TrainerTask } from './protocol.ts';

/** The trainer's process has ended without being told to. What it was doing can be done again from its checkpoint. */
export class TrainerDied extends Error {
  constructor(code: number | null, signal: string | null) {
    super(`The trainer process ended (${signal ? `signal ${signal}` : `code ${code}`}).`);
    this.name = 'TrainerDied';
  }
}

type Message<Kind extends FromTrainer['kind']> = Extract<FromTrainer, { kind: Kind }>;

/** A trainer process as main sees it; one step at a time. */
export interface TrainerClient {
  readonly pid: number | undefined;
  /** Resident memory it last told of, MiB. */
  readonly memoryMB: number;
  /** Each rejects with TrainerDied, or with the HarkError the trainer met. */
  start(task: TrainerTask): Promise<Message<'ready'>>;
  /** @returns null when it was stopped in the midst */
  epoch(): Promise<Message<'epoch'> | null>;
  judge(): Promise<Message<'judged'>>;
  finish(): Promise<Message<'tested'>>;
  pause(): void;
  resume(): void;
  stop(): void;
  /** Ends the process at once. */
  kill(): void;
  /** Resolves when the process has ended. */
  readonly exited: Promise<void>;
}

/**
 * Talks with a trainer that has just been started.
 * @param onProgress hears how far the epoch at hand is
 */
export function trainerClient(
  process: ChildProcess,
  onProgress: (progress: Message<'progress'>) => void,
): TrainerClient {
  let memoryMB = 0;
  let died: TrainerDied | null = null;
  let waiting: { resolve: (message: FromTrainer) => void; reject: (error: Error) => void } | null = null;
  const settle = (act: (waiter: NonNullable<typeof waiting>) => void): void => {
    const waiter = waiting;
    waiting = null;
    if (waiter) act(waiter);
  };

  process.onMessage((raw) => {
    const message = raw as FromTrainer;
    if ('memoryMB' in message) memoryMB = message.memoryMB;
    if (message.kind === 'progress') onProgress(message);
    else if (message.kind === 'failed') settle(({ reject }) => reject(fromPlain(message.failure)));
    else if (message.kind !== 'paused') settle(({ resolve }) => resolve(message));
  });
  const exited = new Promise<void>((resolve) =>
    process.onExit((code, signal) => {
      died = new TrainerDied(code, signal);
      settle(({ reject }) => reject(died!));
      resolve();
    }),
  );

  function ask<Kind extends Answer>(message: ToTrainer): Promise<Message<Kind>> {
    return new Promise((resolve, reject) => {
      if (died) return reject(died);
      waiting = { resolve: resolve as (message: FromTrainer) => void, reject };
      // A process that is going down is heard of by its exit.
      process.send(message);
    });
  }
  const tell = (message: ToTrainer): void => void process.send(message);

  return {
    pid: process.pid,
    get memoryMB() {
      return memoryMB;
    },
    exited,
    start: (task) => ask<'ready'>({ kind: 'start', task }),
    async epoch() {
      const answer: Message<'epoch' | 'abandoned'> = await ask<'epoch' | 'abandoned'>({ kind: 'epoch' });
      return answer.kind === 'epoch' ? answer : null;
    },
    judge: () => ask<'judged'>({ kind: 'judge' }),
    finish: () => ask<'tested'>({ kind: 'finish' }),
    pause: () => tell({ kind: 'pause' }),
    resume: () => tell({ kind: 'resume' }),
    stop: () => tell({ kind: 'stop' }),
    kill: () => process.kill(),
  };
}
