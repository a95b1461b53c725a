import { z } from 'zod';
import { base, Id } from './base.ts';

export const REPORT_FORMATS = ['html', 'pdf', 'md', 'csv'] as const;
export const ReportFormat = z.enum(REPORT_FORMATS);
export type ReportFormat = z.infer<typeof ReportFormat>;

export const ReportFile = z.object({
  comparison: z.number().int(),
  format: ReportFormat,
  path: z.string(),
  /** File name, for a download through `/bulk/reports/{comparison}/{name}`. */
  name: z.string(),
  bytes: z.number().int(),
  createdAt: z.string(),
});
export type ReportFile = z.infer<typeof ReportFile>;

export const reports = {
  /** Writes the formats into the lab's `reports/` (or `folder`) and answers the files. */
  export: base
    .input(
      z.object({ comparison: Id, formats: z.array(ReportFormat).min(1), folder: z.string().nullable().default(null) }),
    )
    .output(z.object({ files: z.array(ReportFile) })),
  list: base.output(z.array(ReportFile)),
};
