/** The process that started this one, as `Host.startProcess` does: over Node's fork and Electron's utilityProcess alike. */
export interface Parent {
  /** Resolves when the message has been handed over: who begins to compute before that holds up what was said. */
  post(message: unknown): Promise<void>;
  onMessage(listener: (message: unknown) => void): void;
}

/** As much of Electron's `process.parentPort` as is needed; Electron's own types are not known here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

const leave = (): never => process.exit(0);

/**
 * Finds the process that started this one, and ends this one when that has ended.
 * @param name what this process is, for whoever starts it by hand
 */
export function findParent(name: string): Parent {
  // The window's Ctrl+C reaches the whole group; the main process decides how work ends.
  process.on('SIGINT', () => {});
  leaveWithParent();
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) {
    parentPort.on('close', leave);
    return {
      post(message) {
        parentPort.postMessage(message);
        return new Promise((resolve) => setImmediate(resolve));
      },
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    };
  }
  if (!process.send) {
    process.stderr.write(`The ${name} is started by Hark, not by hand.\n`);
    process.exit(2);
  }
  process.on('disconnect', leave);
  return {
    post(message) {
      // What cannot be said any more has nobody to hear it.
      if (!process.connected) leave();
      return new Promise((resolve) =>
        process.send!(message, undefined, undefined, (error) => (error ? leave() : resolve())),
      );
    },
    onMessage: (listener) => void process.on('message', listener),
  };
}

/** A parent that was killed sends nothing; whoever adopts its orphans shows as another parent. */
function leaveWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) leave();
  }, 1000).unref();
}
