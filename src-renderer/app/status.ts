import { create } from 'zustand';
import type { Status } from '#shared/contract/lab.ts';
import type { Job } from '#shared/domain/job.ts';

/** What the lab is doing, as `lab.status` told it last; the status bar keeps it. */
export const useStatus = create<{ status: Status | null }>(() => ({ status: null }));

/** A job by its id, while the lab remembers it. */
export const useJob = (id: string | null): Job | undefined =>
  useStatus(({ status }) => status?.jobs.find((job) => job.id === id));
