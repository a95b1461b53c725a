import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Doctor, EngineSettings, EngineView } from '../domain/system.ts';
import { Job } from '../domain/job.ts';
import { base, Id, Nothing } from './base.ts';

export const LabInfo = z.object({
  /** Folder of the lab. */
  path: z.string(),
  host: z.enum(['electron', 'web']),
  version: z.string(),
  /** Whether the host can open the system's own folder dialog (else the window shows its own). */
  nativeDialogs: z.boolean(),
  datasets: z.number().int(),
  comparisons: z.number().int(),
  /** Comparisons that were cut off and can go on. */
  interrupted: z.array(z.object({ id: z.number().int(), name: z.string() })),
});
export type LabInfo = z.infer<typeof LabInfo>;

/** One step of the lab's undo history: an edit, a label mended, a dataset renamed or removed. It outlives the session. */
export const HistoryStep = z.object({
  id: z.number().int(),
  at: z.string(),
  /** e.g. `Label "six" to "eight": 6_theo_3.wav`. */
  words: z.string(),
  undone: z.boolean(),
});
export type HistoryStep = z.infer<typeof HistoryStep>;

/** The lab's history, newest first, or a page of it. */
export const HistoryView = z.object({
  steps: z.array(HistoryStep),
  /** Steps in all. */
  total: z.number().int(),
  /** What was removed, and is kept for its removal to be undone. */
  removed: z.object({ datasets: z.number().int(), clips: z.number().int(), comparisons: z.number().int() }),
});
export type HistoryView = z.infer<typeof HistoryView>;

/** Which parts of the lab have changed, so that the window asks for just those again. */
export const LabChange = z.object({
  topics: z.array(
    z.enum(['datasets', 'clips', 'comparisons', 'history', 'reports', 'studio', 'memory', 'experiments']),
  ),
});
export type LabChange = z.infer<typeof LabChange>;

export const Status = z.object({
  jobs: z.array(Job),
  backend: z.string(),
  instructionSet: z.string().nullable(),
  threads: z.number().int(),
  /** Resident memory of the main process and of all trainers, MiB. */
  memoryMB: z.number(),
  freeDiskGB: z.number().nullable(),
});
export type Status = z.infer<typeof Status>;

export const lab = {
  info: base.output(LabInfo),
  doctor: base.output(Doctor),
  /** Tries every backend in a process of its own, once; `again` tries anew. */
  engine: base.input(z.object({ again: z.boolean().default(false) })).output(EngineView),
  /** Keeps a choice for trainings to come. Fails with `unavailable` and keeps the old one where this machine cannot have it. */
  chooseEngine: base.input(EngineSettings).output(EngineView),
  /** Sends the present state at once, then again whenever it changes (at most 4 times a second). */
  status: base.output(eventIterator(Status)),
  changes: base.output(eventIterator(LabChange)),
  cancelJob: base.input(z.object({ job: z.string() })).output(Nothing),
  dismissJob: base.input(z.object({ job: z.string() })).output(Nothing),
  history: base
    .input(
      z.object({
        limit: z.number().int().min(1).max(10_000).default(200),
        /** Only steps before this one. */
        before: Id.nullable().default(null),
      }),
    )
    .output(HistoryView),
  /** Answers the step that was undone; null when there is none. */
  undo: base.output(HistoryStep.nullable()),
  redo: base.output(HistoryStep.nullable()),
  /** Undoes or does again, all or nothing, until this step is the last that stands (null: none does). Answers how many were turned. */
  jump: base.input(z.object({ step: Id.nullable() })).output(z.object({ steps: z.number().int() })),
  /** Forgets all steps, and with them datasets that were removed, their comparisons and reports. Cannot be undone. */
  clearHistory: base.output(HistoryView.shape.removed.extend({ steps: z.number().int() })),
};
