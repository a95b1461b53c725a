import type { ChildProcess, Host } from '#main/lab/host.ts';
import { fromPlain, HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import type { BackendReport, EngineSettings } from '#shared/domain/system.ts';
import type { FromLearner, ToLearner } from './protocol.ts';
import type { Learnt, Lesson } from './train.ts';

/** A learner process as main sees it; one thing at a time. */
export interface Learner {
  /** Each rejects with the HarkError the learner met, `cancelled`, or `internal` where its process ended. */
  start(engine: EngineSettings): Promise<BackendReport>;
  /** @param onStep hears how many steps are done */
  learn(lesson: Lesson, onStep: (step: number) => void): Promise<Learnt>;
  /** Ends the process, and waits until it has. */
  close(): Promise<void>;
}

/** Starts a learner; the signal ends its process at once. */
export function startLearner(host: Host, signal: AbortSignal): Learner {
  throwIfCancelled(signal);
  const child: ChildProcess = host.startProcess('learner');
  let ended: HarkError | null = null;
  let hear: (message: FromLearner) => void = () => {};
  let fail: (error: HarkError) => void = () => {};
  const kill = () => child.kill();
  signal.addEventListener('abort', kill, { once: true });

  child.onMessage((message) => hear(message as FromLearner));
  const exited = new Promise<void>((resolve) =>
    child.onExit((code, name) => {
      signal.removeEventListener('abort', kill);
      const how = name ? `signal ${name}` : `code ${code}`;
      ended = signal.aborted
        ? new HarkError('cancelled', 'Stopped.')
        : new HarkError('internal', `The process that trains the networks ended (${how}).`, {
            remedy: 'Run it again. Close other programs if memory is short.',
          });
      fail(ended);
      resolve();
    }),
  );

  function ask<Kind extends FromLearner['kind']>(
    message: ToLearner,
    kind: Kind,
    onStep: (step: number) => void = () => {},
  ): Promise<Extract<FromLearner, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      fail = reject;
      hear = (answer) => {
        if (answer.kind === 'step') onStep(answer.step);
        else if (answer.kind === 'failed') reject(fromPlain(answer.failure));
        else if (answer.kind === kind) resolve(answer as Extract<FromLearner, { kind: Kind }>);
      };
      // A process that is going down is heard of by its exit.
      child.send(message);
    });
  }

  return {
    start: async (engine) => (await ask({ kind: 'start', engine }, 'ready')).backend,
    learn: async (lesson, onStep) => (await ask({ kind: 'learn', lesson }, 'learnt', onStep)).learnt,
    close() {
      kill();
      return exited;
    },
  };
}
