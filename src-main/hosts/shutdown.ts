const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One Ctrl+C under npm arrives twice: from the terminal, and from npm. */
const SAME_MS = 1000;

/**
 * Resolves when the process is asked to end (Ctrl+C, a closed terminal, the system). Asked a second time it ends at once:
 * then the lab is as after a power cut, which it stands.
 */
export function untilAsked(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => onAsked(resolve));
}

/** Calls `first` at the first signal. Answers how to stop listening. */
export function onAsked(first: (signal: NodeJS.Signals) => void): () => void {
  let askedAt: number | null = null;
  const listener = (signal: NodeJS.Signals) => {
    if (askedAt !== null) {
      if (performance.now() - askedAt > SAME_MS) process.exit(130);
      return;
    }
    askedAt = performance.now();
    first(signal);
  };
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
}
