import { z } from 'zod';
import { ClipDetail, ClipQuery, ClipRow } from '../domain/clip.ts';
import { DatasetStatistics, DatasetSummary, Layout, Skipped } from '../domain/dataset.ts';
import { SplitCounts, SplitSpec } from '../domain/split.ts';
import { base, Id, Nothing } from './base.ts';

export const library = {
  datasets: base.output(z.array(DatasetSummary)),
  /** Starts (or goes on with) an import and answers its job at once. */
  import: base
    .input(
      z.object({
        path: z.string(),
        layout: Layout.nullable().default(null),
        name: z.string().trim().max(200).nullable().default(null),
      }),
    )
    .output(z.object({ job: z.string() })),
  /** Renders the built-in sample again, if it was removed. */
  sample: base.output(z.object({ job: z.string() })),
  statistics: base.input(z.object({ dataset: Id })).output(DatasetStatistics),
  skipped: base.input(z.object({ dataset: Id })).output(z.array(Skipped)),
  clips: base.input(ClipQuery).output(z.object({ total: z.number().int(), rows: z.array(ClipRow) })),
  clip: base.input(z.object({ clip: Id })).output(ClipDetail),
  split: base.input(z.object({ dataset: Id, split: SplitSpec })).output(SplitCounts),
  rename: base.input(z.object({ dataset: Id, name: z.string().trim().min(1).max(200) })).output(Nothing),
  /** Undoable until the history is cleared; the user's files are not touched. */
  remove: base.input(z.object({ dataset: Id })).output(Nothing),
  /** Looks which files are still there; answers how many are missing. */
  checkFiles: base.input(z.object({ dataset: Id })).output(z.object({ missing: z.number().int() })),
  /** Finds missing files again under another folder, by relative path, else by name and content. */
  relocate: base
    .input(z.object({ dataset: Id, folder: z.string() }))
    .output(z.object({ found: z.number().int(), missing: z.number().int() })),
  /** Sets a clip's label; undoable. A label no clip had before is a new class. */
  relabel: base.input(z.object({ clip: Id, label: z.string().trim().min(1).max(200) })).output(ClipDetail),
};
