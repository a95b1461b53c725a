/** Sizes of a confusion matrix on the screen, CSS pixels. */
export interface MatrixLayout {
  cell: number;
  /** Room for the class names on the left, and (turned) above. */
  names: number;
  numbers: boolean;
  fontSize: number;
}

const LARGEST_CELL = 46;
const SMALLEST_CELL = 7;
/** Below this a number cannot be read. */
const NUMBER_FROM = 18;
const LONGEST_NAME = 96;
const CHARACTER = 6.6;

/** Cells this wide can still be told apart and hit. */
const COMFORTABLE_CELL = 12;
const NARROWEST = 248;

const namesWidth = (classes: readonly string[]): number =>
  Math.min(LONGEST_NAME, Math.ceil(Math.max(1, ...classes.map((name) => name.length)) * CHARACTER) + 12);

/** How wide a matrix wants to be at least where several stand side by side. */
export const comfortableWidth = (classes: readonly string[]): number =>
  Math.max(NARROWEST, namesWidth(classes) + classes.length * COMFORTABLE_CELL);

/** Fits a matrix of `classes` into `width`. */
export function matrixLayout(classes: readonly string[], width: number): MatrixLayout {
  const names = namesWidth(classes);
  const cell = Math.floor(
    Math.min(LARGEST_CELL, Math.max(SMALLEST_CELL, (width - names) / Math.max(1, classes.length))),
  );
  return { cell, names, numbers: cell >= NUMBER_FROM, fontSize: Math.min(13, Math.max(9, Math.floor(cell * 0.42))) };
}

/** Where the arrows lead in a grid whose column 0 holds the row's name; null where they lead nowhere. */
export function moveInGrid(
  key: string,
  at: { row: number; column: number },
  classes: number,
): { row: number; column: number } | null {
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  const moves: Record<string, [row: number, column: number]> = {
    ArrowUp: [at.row - 1, at.column],
    ArrowDown: [at.row + 1, at.column],
    ArrowLeft: [at.row, at.column - 1],
    ArrowRight: [at.row, at.column + 1],
    Home: [at.row, 0],
    End: [at.row, classes],
    PageUp: [0, at.column],
    PageDown: [classes - 1, at.column],
  };
  const move = moves[key];
  return move ? { row: clamp(move[0], 0, classes - 1), column: clamp(move[1], 0, classes) } : null;
}
