import { useComputedColorScheme } from '@mantine/core';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';

/** How a cell type looks wherever it is drawn: colour, line and marker say the same, so that none is needed alone. */
export interface CellStyle {
  name: string;
  colour: string;
  /** SVG `stroke-dasharray`; undefined: solid. */
  dash: string | undefined;
  marker: 'triangle' | 'circle' | 'square' | 'diamond';
}

/** The markers' outlines around the origin, of like area. */
export const MARKER_OUTLINES: Record<CellStyle['marker'], string> = {
  circle: 'M-1,0a1,1 0 1,0 2,0a1,1 0 1,0 -2,0Z',
  square: 'M-0.89,-0.89H0.89V0.89H-0.89Z',
  triangle: 'M0,-1.2L1.15,0.8H-1.15Z',
  diamond: 'M0,-1.25L1.05,0L0,1.25L-1.05,0Z',
};

type Scheme = 'dark' | 'light';

/** Okabe-Ito, darkened where a colour would not stand out from white (all reach 3:1 against their background). */
const COLOURS: Record<Scheme, Record<Cell, string>> = {
  dark: { rnn: '#E69F00', lstm: '#56B4E9', gru: '#009E73', dnn: '#9AA0AE' },
  light: { rnn: '#B87A00', lstm: '#0072B2', gru: '#009E73', dnn: '#6B7280' },
};
const LINES: Record<Cell, Pick<CellStyle, 'dash' | 'marker'>> = {
  rnn: { dash: '7 4', marker: 'triangle' },
  lstm: { dash: undefined, marker: 'circle' },
  gru: { dash: '2 3', marker: 'square' },
  dnn: { dash: '10 3 2 3', marker: 'diamond' },
};

export const cellStyle = (cell: Cell, scheme: Scheme): CellStyle => ({
  name: CELL_NAMES[cell],
  colour: COLOURS[scheme][cell],
  ...LINES[cell],
});

/** `style(cell)` for the colour scheme in use. */
export function useCellStyle(): (cell: Cell) => CellStyle {
  const scheme = useComputedColorScheme('dark');
  return (cell) => cellStyle(cell, scheme);
}

/** Truth and prediction keep their colours too; CSS variables, set in app/theme.css for both schemes. */
export const ROLE_COLOURS = {
  truth: 'var(--hark-truth)',
  prediction: 'var(--hark-prediction)',
  right: 'var(--hark-right)',
  wrong: 'var(--hark-wrong)',
} as const;
