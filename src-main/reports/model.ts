import type { MatrixView } from '#shared/contract/compare.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import type { Drawing } from './figures/drawing.ts';

/**
 * A report as plain data; every format is made from this one thing and adds no statement of its own.
 * Texts are unescaped: what came with the data (labels, file names) may hold any character.
 */
export interface ReportModel {
  title: string;
  /** Short facts under the title, each with its name. */
  facts: { name: string; value: string }[];
  /** The findings in a few sentences, before everything else. */
  abstract: string[];
  /** What must be known beside every number (leaks, labels changed since); also told at the top. */
  warnings: string[];
  sections: Section[];
  /** Made by, when. */
  imprint: string;
}

export interface Section {
  /** Anchor within the document. */
  id: string;
  title: string;
  blocks: Block[];
}

/** `detail`: left out where space is short (the PDF). */
export type Block = { detail?: boolean } & (
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'note'; text: string }
  | { kind: 'list'; items: string[] }
  | Table
  | { kind: 'figure'; id: string; caption: string; drawings: Drawing[] }
  | { kind: 'matrix'; id: string; caption: string; matrices: MatrixView[] }
  | SoundsBlock
  | { kind: 'code'; caption: string; language: 'json' | 'sh'; text: string }
);
export type BlockOf<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>;

export interface Table {
  kind: 'table';
  caption: string;
  columns: { name: string; numeric?: boolean }[];
  rows: string[][];
  /** The cell type a row is about, for its mark. */
  rowCells?: Cell[];
  /** Where the rows a short form leaves out can be found, e.g. "the HTML report"; a table without it is never cut. */
  more?: string;
}

/** What one cell type said of a clip, its seeds together. */
export interface Verdict {
  cell: Cell;
  /** Every seed was right. */
  right: boolean;
  /** e.g. "“nine” (98.1 %)" or "“nine” in 2 of 3 seeds (mean 71.0 %)" */
  words: string;
}

export interface SoundItem {
  clip: number;
  file: string;
  speaker: string | null;
  truth: string;
  verdicts: Verdict[];
  /** Waveform and spectrogram; null when the sound could not be read. */
  picture: Drawing | null;
  /** 16-bit WAV; null when it could not be read. */
  wav: Buffer | null;
  /** Why there is no sound. */
  problem: string | null;
}

export interface SoundsBlock {
  kind: 'sounds';
  caption: string;
  items: SoundItem[];
  /** How many clips are not among `items`, and where they are listed; null when none. */
  omitted: string | null;
}
