import type { ChildProcess, Host } from '#main/lab/host.ts';
import { fromPlain, HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import type { EngineSettings } from '#shared/domain/system.ts';
import type { Answer, FromInspector, Question, Questions, ToInspector } from './protocol.ts';

/** The inspector as main sees it. Its process is there from the first question on, and ends when nobody has asked for a while. */
export interface Inspector {
  /** Starts the process ahead of the first question. */
  wake(): void;
  /** @throws HarkError what the inspector met, `cancelled`, or `internal` where its process ended; the next question starts another */
  ask<Q extends Question>(
    question: Q,
    ask: Questions[Q]['ask'],
    signal?: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ): Promise<Questions[Q]['answer']>;
  /** Ends the process; questions in hand are cancelled. */
  close(): void;
}

export interface InspectorOptions {
  host: Host;
  /** What to compute on, read when a process starts. */
  engine: () => EngineSettings;
  /** ms without a question after which the process ends. */
  idleMs?: number;
}

const IDLE_MS = 5 * 60_000;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: HarkError) => void;
  onProgress: ((done: number, total: number) => void) | undefined;
}

export function createInspector({ host, engine, idleMs = IDLE_MS }: InspectorOptions): Inspector {
  let child: ChildProcess | null = null;
  let closed = false;
  let asked = 0;
  let idle: NodeJS.Timeout | undefined;
  const waiting = new Map<number, Waiting>();

  function settle(id: number, act: (waiter: Waiting) => void): void {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (waiter) act(waiter);
    rest();
  }

  function rest(): void {
    clearTimeout(idle);
    if (waiting.size > 0 || closed) return;
    idle = setTimeout(end, idleMs);
    idle.unref();
  }

  function end(): void {
    const ending = child;
    child = null;
    ending?.kill();
  }

  function failAll(error: HarkError): void {
    for (const id of [...waiting.keys()]) settle(id, ({ reject }) => reject(error));
  }

  function start(): ChildProcess {
    const started = host.startProcess('inspector');
    started.onMessage((raw) => {
      const message = raw as FromInspector;
      if (message.kind === 'progress') return waiting.get(message.id)?.onProgress?.(message.done, message.total);
      settle(message.id, ({ resolve, reject }) =>
        message.kind === 'answer' ? resolve(message.answer) : reject(fromPlain(message.failure)),
      );
    });
    started.onExit((code, signal) => {
      if (child !== started) return;
      child = null;
      const how = signal ? `signal ${signal}` : `code ${code}`;
      failAll(
        new HarkError('internal', `The process that looks into networks ended (${how}).`, {
          remedy: 'Try again: another one is started. Close other programs if memory is short.',
        }),
      );
    });
    send(started, { kind: 'start', engine: engine() });
    rest();
    return started;
  }

  /** A process that is going down is heard of by its exit. */
  const send = (to: ChildProcess, message: ToInspector): void => void to.send(message);

  return {
    wake() {
      if (!closed) child ??= start();
    },
    async ask(question, ask, signal, onProgress) {
      throwIfCancelled(signal);
      if (closed) throw new HarkError('cancelled', 'Stopped.');
      child ??= start();
      const id = ++asked;
      clearTimeout(idle);
      const answer = new Promise<Answer>((resolve, reject) => waiting.set(id, { resolve, reject, onProgress }));
      const answering = child;
      const leave = () => {
        send(answering, { kind: 'stop', id });
        settle(id, ({ reject }) => reject(new HarkError('cancelled', 'Stopped.')));
      };
      signal?.addEventListener('abort', leave, { once: true });
      send(child, { kind: 'ask', id, question, ask } as ToInspector);
      try {
        return (await answer) as Questions[typeof question]['answer'];
      } finally {
        signal?.removeEventListener('abort', leave);
      }
    },
    close() {
      closed = true;
      clearTimeout(idle);
      failAll(new HarkError('cancelled', 'Stopped.'));
      end();
    },
  };
}
