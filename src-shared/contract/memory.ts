import { z } from 'zod';
import { MEMORY_TASKS, MemoryExample, MemorySettings, MemoryView } from '../domain/memory.ts';
import { base } from './base.ts';

const Task = z.enum(MEMORY_TASKS);

/** The memory laboratory: how far cells carry something. */
export const memory = {
  view: base.input(z.object({ task: Task })).output(MemoryView),
  /** Begins an experiment, a job; `lab.changes` tells of each point. A second one while one is under way fails. */
  start: base.input(MemorySettings).output(z.object({ job: z.string() })),
  /** A sequence as networks are trained on; every number gives another one. */
  example: base
    .input(
      z.object({
        task: Task,
        distance: z.number().int().min(1).max(1000),
        number: z.number().int().min(0).max(0xffff_ffff),
      }),
    )
    .output(MemoryExample),
};
