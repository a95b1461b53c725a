import { z } from 'zod';
import { Layout } from '../domain/dataset.ts';
import { base } from './base.ts';

export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  /** Folders first, then files an importer may take (CSV manifests); hidden ones left out. */
  entries: z.array(z.object({ name: z.string(), path: z.string(), folder: z.boolean() })),
  /** Places to start from: home, desktop, drives. */
  places: z.array(z.object({ name: z.string(), path: z.string() })),
});
export type FolderListing = z.infer<typeof FolderListing>;

/** What lies in a folder, before it is imported. */
export const FolderGuess = z.object({
  path: z.string(),
  name: z.string(),
  /** Best first; empty when nothing can be imported. */
  layouts: z.array(z.object({ layout: Layout, reason: z.string() })),
  /** Sound files seen in a first look (at most 10,000 are counted). */
  soundFiles: z.number().int(),
  /** The dataset already imported from here, if any. */
  dataset: z.number().int().nullable(),
});
export type FolderGuess = z.infer<typeof FolderGuess>;

export const files = {
  /** The system's own dialog (Electron); null when cancelled. */
  choose: base.input(z.object({ kind: z.enum(['folder', 'manifest', 'save-folder']) })).output(z.string().nullable()),
  list: base.input(z.object({ path: z.string().nullable() })).output(FolderListing),
  guess: base.input(z.object({ path: z.string() })).output(FolderGuess),
  show: base.input(z.object({ path: z.string() })).output(z.object({})),
};
