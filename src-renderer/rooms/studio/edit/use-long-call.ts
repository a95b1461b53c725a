import { useEffect, useRef, useState } from 'react';
import type { Job } from '#shared/domain/job.ts';
import { useStatus } from '../../../app/status.ts';

interface LongCall<T> {
  running: boolean;
  result: T | null;
  error: unknown;
  /** The job the lab shows for it, once it has begun. */
  job: Job | undefined;
  start: (work: (signal: AbortSignal) => Promise<T>) => void;
  stop: () => void;
}

/** A call of the lab that takes its time: how far it is, and how it is stopped. It goes on when the dialog is closed. */
export function useLongCall<T>(kind: Job['kind']): LongCall<T> {
  const [state, setState] = useState<{ running: boolean; result: T | null; error: unknown }>({
    ...{ running: false, result: null, error: null },
  });
  const controller = useRef<AbortController | null>(null);
  const here = useRef(true);
  const job = useStatus(({ status }) => status?.jobs.find((one) => one.kind === kind && one.state === 'running'));
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  return {
    ...state,
    job: state.running ? job : undefined,
    start(work) {
      const stopping = (controller.current = new AbortController());
      const end = (change: Partial<typeof state>) =>
        here.current && setState({ running: false, result: null, error: null, ...change });
      setState({ running: true, result: null, error: null });
      work(stopping.signal).then(
        (result) => end({ result }),
        (error: unknown) => end({ error: stopping.signal.aborted ? null : error }),
      );
    },
    stop: () => controller.current?.abort(),
  };
}
