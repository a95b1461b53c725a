import path from 'node:path';
import { type ImportResult, type Layout, LAYOUT_NAMES } from '#shared/domain/dataset.ts';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import { datasetByRoot, getDataset, listSkipped } from '#main/lab/datasets.ts';
import type { DatasetRow } from '#main/lab/datasets.ts';
import { analyseClips, classCounts, createDataset, discardDataset, setDatasetState } from '#main/lab/importing.ts';
import type { Lab } from '#main/lab/lab.ts';
import type { Store } from '#main/lab/store.ts';
import { importerOf, nothingToImport, recognise } from './importers/index.ts';
import type { Importer } from './importers/importer.ts';
import type { Inspect } from './inspect.ts';
import { type FolderLook, lookAt } from './look.ts';
import { type ImportProgress, readPlan } from './read-plan.ts';

export interface ImportOptions {
  /** Folder or manifest. */
  path: string;
  /** null: the one it is recognised as, or was imported as before. */
  layout: Layout | null;
  /** null: the folder's own name. */
  name: string | null;
  inspect: Inspect;
  signal?: AbortSignal;
  onProgress?(progress: ImportProgress): void;
}

/**
 * Imports a folder (or manifest) of sound: reads each file once, writes what it finds in batches, and leaves the files as
 * they are. A folder imported before is the same dataset again: only what is new or changed is read. When it is stopped,
 * what is in stays in and the dataset is `partial`.
 * @throws HarkError `bad-input` when there is nothing to import, `conflict` when the folder is known by another layout or
 * is being imported, `not-found`, `cancelled`
 */
export async function importDataset(lab: Lab, options: ImportOptions): Promise<ImportResult> {
  const { store } = lab;
  const look = await lookAt(options.path, options.signal);
  const importer = await chooseImporter(store, look, options.layout);
  const root = importer.root?.(look) ?? look.path;
  const plan = await importer.open(look, { signal: options.signal });
  // From here to the state below nothing waits, so that two imports of one folder cannot both begin.
  const known = knownDataset(store, look, importer.layout, root);
  if (plan.clips.length === 0 && !known && plan.skipped.length === 0) throw nothingToImport(look, options.layout);
  const dataset = known?.id ?? createDataset(store, options.name || nameOf(look), importer.layout, root);
  const before = known ? getDataset(store, dataset).clips : 0;
  setDatasetState(store, dataset, 'importing');
  try {
    await readPlan(store, { ...options, dataset, layout: importer.layout, root, plan });
    throwIfCancelled(options.signal);
    if (getDataset(store, dataset).clips === 0) throw nothingReadable(store, dataset, look);
    setDatasetState(store, dataset, 'ready');
    analyseClips(store);
  } catch (error) {
    if (!known && getDataset(store, dataset).clips === 0) discardDataset(store, dataset);
    else setDatasetState(store, dataset, 'partial');
    throw error;
  }
  return resultOf(store, dataset, before);
}

/** The importer asked for; else the one the folder was imported by before; else the one that knows it best. */
async function chooseImporter(store: Store, look: FolderLook, layout: Layout | null): Promise<Importer> {
  const asked = layout ?? datasetByRoot(store, look.path)?.layout ?? null;
  const importer = asked ? importerOf(asked) : (await recognise(look))[0]?.importer;
  if (!importer) throw nothingToImport(look, layout);
  return importer;
}

function knownDataset(store: Store, look: FolderLook, layout: Layout, root: string): DatasetRow | null {
  const known = datasetByRoot(store, root);
  if (known?.state === 'importing')
    throw new HarkError('conflict', `"${known.name}" is being imported already.`, { where: look.path });
  if (known && known.layout !== layout)
    throw new HarkError('conflict', `This folder is in the lab already, as "${known.name}".`, {
      where: look.path,
      remedy: `It was imported by the layout "${LAYOUT_NAMES[known.layout]}": remove that dataset first, or keep to it.`,
    });
  return known;
}

function nameOf(look: FolderLook): string {
  return look.isFile ? path.parse(look.path).name : path.basename(look.path) || look.path;
}

function nothingReadable(store: Store, dataset: number, look: FolderLook): HarkError {
  const skipped = listSkipped(store, dataset);
  const reasons = skipped.slice(0, 3).map(({ file, reason }) => `${file}: ${reason}`);
  return new HarkError('bad-input', `None of the ${skipped.length} files could be read. ${reasons.join(' ')}`, {
    where: look.path,
  });
}

function resultOf(store: Store, dataset: number, before: number): ImportResult {
  const { name, layout, clips, speakers, seconds, sampleRates } = getDataset(store, dataset);
  const added = clips - before;
  const [classes, skipped] = [classCounts(store, dataset), listSkipped(store, dataset)];
  return { dataset, name, layout, clips, added, classes, speakers, seconds, sampleRates, skipped };
}
