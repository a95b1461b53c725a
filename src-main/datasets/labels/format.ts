import type { LabelFormat } from '#shared/domain/region.ts';
import type { NewRegion, NewTier } from '#main/lab/importing-regions.ts';

/** What turns sample numbers into seconds, and bounds them. */
export interface Sound {
  sampleRate: number;
  /** Seconds. */
  duration: number;
}

/** A region as it was read, with the line it stands in; null where lines mean nothing. */
export interface ReadRegion extends NewRegion {
  line: number | null;
}

export interface ReadTier {
  name: string;
  kind: NewTier['kind'];
  regions: ReadRegion[];
}

/** What a label file says of one sound. */
export interface ReadClip {
  /** The sound's name or path as the file has it; null: the one the label file itself is named after. */
  file: string | null;
  /** The label of the clip as a whole, if there is one. */
  label: string | null;
  tiers: ReadTier[];
}

/** A line (counted from 1) that could not be taken as it is, and why. */
export interface Problem {
  line: number | null;
  reason: string;
}

export interface ReadLabels {
  clips: ReadClip[];
  problems: Problem[];
}

/** What is written of a clip. */
export interface WrittenClip extends Sound {
  /** Relative to the dataset's folder, `/` between folders. */
  file: string;
  label: string;
  tiers: NewTier[];
}

/** What a format has no place for is not written, and that is said. */
export interface Holds {
  /** Boxes keep their frequencies. */
  frequencies: boolean;
  notes: boolean;
  /** Regions of one tier may overlap. */
  overlaps: boolean;
  /** Moments, with no length. */
  points: boolean;
  /** Intervals without a label, which fill gaps. */
  blanks: boolean;
  /** The label of the clip as a whole. */
  clipLabels: boolean;
}

/** What a tier is called where neither a file nor its name says so. */
export const UNNAMED_TIER = 'labels';

export interface ReadContext {
  /** What a tier is called where the format has no name for it. */
  tier: string;
  /** The clip the labels are for; null where the file itself names its clips. */
  sound: Sound | null;
}

/** One format of label files. */
export interface LabelFileFormat {
  readonly format: LabelFormat;
  /** Endings its files have, in lower case, without the dot; the first is written. */
  readonly extensions: readonly string[];
  readonly holds: Holds;
  /** How many clips and tiers one file holds: it is written once for all, once a clip, or once a tier of a clip. */
  readonly filePer: 'all' | 'clip' | 'tier';
  /** The tier it is for, where it is for one alone. */
  readonly tier?: string;
  /** @param name the file's name; its ending may tell */
  match(text: string, name: string): boolean;
  /** @throws HarkError `bad-input` when it is not of this format at all */
  read(text: string, context: ReadContext): ReadLabels;
  /** @param clips one, unless `filePer` is `all`; they hold no more than the format does */
  write(clips: readonly WrittenClip[]): string;
}
