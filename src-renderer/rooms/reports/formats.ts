import type { ReportFormat } from '#shared/contract/reports.ts';

/** What each format is good for. */
export const FORMATS: Record<ReportFormat, { name: string; help: string }> = {
  html: { name: 'HTML', help: 'one file with pictures and the sounds of the mistakes inside' },
  pdf: { name: 'PDF', help: 'two to four pages, to print or hand in' },
  md: { name: 'Markdown', help: 'the text and tables, to write on' },
  csv: { name: 'CSV', help: 'every prediction of every run' },
};
