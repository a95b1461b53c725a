/** An equation of a step; its number is that of docs/cells where it stands there. */
export interface Line {
  equation: string;
  number?: number;
}

/** Equations that are read together. */
export interface Block {
  title: string;
  /** What they do, in a sentence. */
  says: string;
  lines: readonly Line[];
}

export interface CellEquations {
  forward: readonly Block[];
  back: readonly Block[];
}
