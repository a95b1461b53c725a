import { isOwnSound, LAYOUT_NAMES, type Layout } from '#shared/domain/dataset.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { FolderLook } from '../look.ts';
import { csvManifest } from './csv.ts';
import { emodb } from './emodb.ts';
import { esc10, esc50 } from './esc50.ts';
import { folderPerClass } from './folder.ts';
import { fsdd } from './fsdd.ts';
import { gtzan } from './gtzan.ts';
import type { Importer } from './importer.ts';
import { ravdess } from './ravdess.ts';
import { recorded } from './recorded.ts';
import { sample } from './sample.ts';
import { speechCommands } from './speech-commands.ts';
import { timit } from './timit.ts';
import { urbanSound8k } from './urbansound8k.ts';
import { voicebankDemand } from './voicebank-demand.ts';

/** All layouts Hark knows. Another one is one more file, and one more name here. */
export const importers: readonly Importer[] = [
  ...[speechCommands, fsdd, timit, esc50, esc10, urbanSound8k, gtzan, ravdess, emodb, voicebankDemand],
  ...[csvManifest, folderPerClass, sample, recorded],
];

export function importerOf(layout: Layout): Importer {
  return importers.find((importer) => importer.layout === layout)!;
}

/** The layouts a folder may be of, the surest first. */
export async function recognise(look: FolderLook): Promise<{ importer: Importer; score: number; reason: string }[]> {
  const found = [];
  for (const importer of importers) {
    const match = await importer.match(look);
    if (match) found.push({ importer, ...match });
  }
  return found.sort((a, b) => b.score - a.score);
}

/**
 * What to say when a folder holds nothing that can be imported.
 * @param asked the layout the user chose, if it was chosen
 */
export function nothingToImport(look: FolderLook, asked: Layout | null): HarkError {
  const { sounds, folders, files } = look;
  const found = look.isFile
    ? 'It is one file, and not a .csv or .tsv manifest.'
    : `It holds ${sounds.length} sound files in all; at its top ${folders.length} folders and ${files.length} files.`;
  const known = importers
    .filter((importer) => !isOwnSound(importer.layout))
    .map((importer) => `${LAYOUT_NAMES[importer.layout]} (${importer.looks})`);
  return new HarkError(
    'bad-input',
    `Nothing here can be imported${asked ? ` as ${LAYOUT_NAMES[asked]}` : ''}. ${found}`,
    {
      where: look.path,
      remedy: `Hark knows these layouts: ${known.join('; ')}.`,
    },
  );
}
