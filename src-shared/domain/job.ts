import { z } from 'zod';

/** Anything that takes longer than a second: what it is, how far, how long still; it can be stopped. */
export const Job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'sample', 'compare', 'report', 'relocate', 'edit', 'export', 'suspects', 'memory', 'sweep']),
  title: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.number(),
  /** null while it is not known how much there is. */
  total: z.number().nullable(),
  /** What `done` counts: "files", "epochs". */
  unit: z.string(),
  /** What it is doing now, or how it ended. */
  message: z.string(),
  secondsLeft: z.number().nullable(),
  /** Where to look at it: a dataset's or comparison's id. */
  subject: z.number().int().nullable(),
});
export type Job = z.infer<typeof Job>;
