import type { Cell } from '#shared/domain/model-spec.ts';
import { MARKER_OUTLINES, useCellStyle, type CellStyle } from '../cells.ts';
import classes from './cell-mark.module.css';

interface MarkerProps {
  style: CellStyle;
  x: number;
  y: number;
  /** Half its width, pixels. */
  size?: number;
  /** Only the outline. */
  hollow?: boolean;
}

/** A cell type's marker, inside an SVG. */
export function Marker({ style, x, y, size = 4.5, hollow = false }: MarkerProps) {
  return (
    <path
      d={MARKER_OUTLINES[style.marker]}
      transform={`translate(${x} ${y}) scale(${size})`}
      fill={hollow ? 'var(--mantine-color-body)' : style.colour}
      stroke={hollow ? style.colour : 'var(--mantine-color-body)'}
      strokeWidth={hollow ? 2 : 1}
      vectorEffect="non-scaling-stroke"
    />
  );
}

/** A piece of a cell type's line with its marker, as legends show it. */
export function CellMark({ cell }: { cell: Cell }) {
  const style = useCellStyle()(cell);
  return (
    <svg width={30} height={12} className={classes.mark} aria-hidden focusable="false">
      <line x1={0} x2={30} y1={6} y2={6} stroke={style.colour} strokeWidth={2} strokeDasharray={style.dash} />
      <Marker style={style} x={15} y={6} size={4} />
    </svg>
  );
}

/** Mark and name: "LSTM". */
export function CellName({ cell }: { cell: Cell }) {
  const style = useCellStyle()(cell);
  return (
    <span className={classes.name}>
      <CellMark cell={cell} />
      {style.name}
    </span>
  );
}
