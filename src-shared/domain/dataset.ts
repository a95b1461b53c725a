import { z } from 'zod';

/** The layouts an importer knows; `sample` is the one Hark renders itself, `recorded` what was recorded in the lab. */
export const LAYOUTS = [
  'speech-commands',
  'fsdd',
  'timit',
  'esc50',
  'esc10',
  'urbansound8k',
  'gtzan',
  'ravdess',
  'emodb',
  'voicebank-demand',
  'folder',
  'csv',
  'sample',
  'recorded',
] as const;
export const Layout = z.enum(LAYOUTS);
export type Layout = z.infer<typeof Layout>;

export const LAYOUT_NAMES: Record<Layout, string> = {
  'speech-commands': 'Speech Commands',
  fsdd: 'Free Spoken Digit Dataset',
  timit: 'TIMIT',
  esc50: 'ESC-50',
  esc10: 'ESC-10',
  urbansound8k: 'UrbanSound8K',
  gtzan: 'GTZAN',
  ravdess: 'RAVDESS',
  emodb: 'EMO-DB',
  'voicebank-demand': 'VoiceBank-DEMAND pairs',
  folder: 'A folder per class',
  csv: 'CSV manifest',
  sample: 'Built-in sample',
  recorded: 'Recorded in this lab',
};

/** Whether a dataset's files lie in the lab, where Hark itself has put them: there is no folder to import again. */
export const isOwnSound = (layout: Layout): boolean => layout === 'sample' || layout === 'recorded';

/** A file that stayed out of a dataset, and why. */
export const Skipped = z.object({ file: z.string(), reason: z.string() });
export type Skipped = z.infer<typeof Skipped>;

export const ClassCount = z.object({ name: z.string(), clips: z.number().int() });
export type ClassCount = z.infer<typeof ClassCount>;

export const DatasetSummary = z.object({
  id: z.number().int(),
  name: z.string(),
  layout: Layout,
  /** The folder (or manifest) it was imported from. */
  root: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  /** `partial`: an import was stopped or cut off; importing the same folder again adds what is missing. */
  state: z.enum(['importing', 'partial', 'ready']),
  clips: z.number().int(),
  classes: z.number().int(),
  speakers: z.number().int(),
  seconds: z.number(),
  sampleRates: z.array(z.number().int()),
  skipped: z.number().int(),
  missing: z.number().int(),
  /** Whether it brings official lists. */
  official: z.boolean(),
  /** Folds of its own that have clips here, by name; none when it brings none. */
  folds: z.array(z.string()),
});
export type DatasetSummary = z.infer<typeof DatasetSummary>;

export const DatasetStatistics = z.object({
  dataset: z.number().int(),
  clips: z.number().int(),
  seconds: z.number(),
  classes: z.array(ClassCount.extend({ seconds: z.number() })),
  speakers: z.array(z.object({ name: z.string(), clips: z.number().int(), seconds: z.number() })),
  sampleRates: z.array(z.object({ sampleRate: z.number().int(), clips: z.number().int() })),
  /** Durations in seconds: bin i reaches from edges[i] to edges[i+1]. */
  durations: z.object({
    edges: z.array(z.number()),
    counts: z.array(z.number().int()),
    min: z.number(),
    median: z.number(),
    max: z.number(),
  }),
  /** Clips whose content, edited alike, occurs more than once, by content hash. */
  duplicates: z.array(
    z.object({
      contentHash: z.string(),
      clips: z.array(z.object({ id: z.number().int(), file: z.string(), label: z.string() })),
    }),
  ),
  /** Long recordings that are no class but a source of silence and noise. */
  backgrounds: z.array(z.object({ file: z.string(), seconds: z.number() })),
});
export type DatasetStatistics = z.infer<typeof DatasetStatistics>;

/** What an import ends with; also what `hark import --json` prints. */
export const ImportResult = z.object({
  dataset: z.number().int(),
  name: z.string(),
  layout: Layout,
  clips: z.number().int(),
  added: z.number().int(),
  classes: z.array(ClassCount),
  speakers: z.number().int(),
  seconds: z.number(),
  sampleRates: z.array(z.number().int()),
  skipped: z.array(Skipped),
});
export type ImportResult = z.infer<typeof ImportResult>;
