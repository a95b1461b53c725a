import type { Layout, Skipped } from '#shared/domain/dataset.ts';
import type { Part } from '#shared/domain/split.ts';
import type { NewTier } from '#main/lab/importing-regions.ts';
import type { Sound } from '../labels/format.ts';
import type { FolderLook } from '../look.ts';

/** A clip an importer has found; its file has not been read yet. */
export interface PlannedClip {
  /** Relative to the dataset's folder, `/` between folders. */
  file: string;
  label: string;
  speaker: string | null;
  /** What several clips were cut from, where that is known. */
  source: string | null;
  official: Part | null;
  /** Which fold of the dataset's own it is in. */
  fold: string | null;
  note: string;
  /** Seconds into the file, where the clip is a part of it. */
  start: number | null;
  end: number | null;
  /** Where the clip is spoken of, if not by its file alone: `list.csv:12`. */
  row: string | null;
}

/** The regions a dataset brings for a clip, and the lines of its files that could not be taken as they are. */
export interface ClipRegions {
  tiers: NewTier[];
  skipped: Skipped[];
}

/** All that a layout finds in a folder. */
export interface ImportPlan {
  clips: PlannedClip[];
  /** Long recordings that are no class but a source of silence and noise. */
  backgrounds: string[];
  /** Files and rows that cannot be clips, and why. */
  skipped: Skipped[];
  /** What lies beside a clip's sound and marks parts of it; asked for once, when the clip comes in. */
  regionsOf?(clip: PlannedClip, sound: Sound): Promise<ClipRegions>;
}

export interface Match {
  score: number;
  reason: string;
}

export interface OpenOptions {
  signal?: AbortSignal;
}

/** One layout of a dataset on disk. */
export interface Importer {
  readonly layout: Layout;
  /** What the layout looks like, for those whose folder none matches. */
  readonly looks: string;
  /** How surely the folder is of this layout (0 to 1) and why; null when it is not. */
  match(look: FolderLook): Match | null | Promise<Match | null>;
  /** What the dataset is known by, if it is not the folder: its manifest. */
  root?(look: FolderLook): string;
  /** @throws HarkError `bad-input` when the folder is not of this layout, `cancelled` */
  open(look: FolderLook, options: OpenOptions): Promise<ImportPlan>;
}

/** The top folder whose recordings are no class but background: Speech Commands' name for it. */
export const BACKGROUND = '_background_noise_';

export const isBackground = (file: string): boolean => file.startsWith(`${BACKGROUND}/`);

/** A clip that is a whole file. */
export function wholeFile(file: string, label: string, more: Partial<PlannedClip> = {}): PlannedClip {
  return {
    ...{ file, label, speaker: null, source: null, official: null, fold: null, note: '' },
    ...{ start: null, end: null, row: null },
    ...more,
  };
}
