import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { memo, useId, useMemo, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { count, percent, plural } from '../format.ts';
import { matrixLayout, moveInGrid, type MatrixLayout } from './layout.ts';
import { rowShares } from './order.ts';
import { shade, type Scheme } from './scale.ts';
import classes from './matrix.module.css';

export type MatrixValues = 'counts' | 'percent';

/** A cell by its classes; `predicted: null` is the row's name: all mistakes of the row. */
export interface MatrixCell {
  truth: string;
  predicted: string | null;
}

interface Props {
  /** What it is the matrix of, for the screen reader: "LSTM, seed 0". */
  label: string;
  classNames: readonly string[];
  /** Rows truth, columns prediction. */
  counts: readonly (readonly number[])[];
  /** Indices of the classes as they are to stand. */
  order: readonly number[];
  values: MatrixValues;
  /** Largest value on and off the diagonal, in the unit of `values`; shared by matrices side by side. */
  limits: { right: number; wrong: number };
  chosen: MatrixCell | null;
  /** The cell under the pointer or the keyboard in any of the matrices side by side. */
  pointed: MatrixCell | null;
  onPoint: (cell: MatrixCell | null) => void;
  onChoose: (cell: MatrixCell) => void;
}

/** A confusion matrix as a grid: every cell (and row) can be pointed at and chosen, by mouse and by keyboard. */
export function ConfusionMatrix(props: Props) {
  const { label, classNames, counts, order, pointed, chosen, onPoint, onChoose } = props;
  const { ref, width } = useElementSize();
  const scheme = useComputedColorScheme('dark');
  const id = useId();
  const shares = useMemo(() => rowShares(counts), [counts]);
  const layout = useMemo(() => matrixLayout(classNames, width), [classNames, width]);
  const names = useMemo(() => order.map((index) => classNames[index]), [order, classNames]);
  const [at, setAt] = useState({ row: 0, column: 1 });
  const [focused, setFocused] = useState(false);
  const [hovered, setHovered] = useState(false);

  const cellAt = ({ row, column }: { row: number; column: number }): MatrixCell => ({
    truth: names[row],
    predicted: column === 0 ? null : names[column - 1],
  });
  const here = (event: MouseEvent): { row: number; column: number } | null => {
    const target = (event.target as Element).closest<HTMLElement>('[data-row]');
    return target && { row: Number(target.dataset['row']), column: Number(target.dataset['column']) };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(cellAt(at));
      return;
    }
    const next = moveInGrid(event.key, at, names.length);
    if (!next) return;
    event.preventDefault();
    setAt(next);
    onPoint(cellAt(next));
  };

  const place = (cell: MatrixCell | null) => {
    const row = cell ? names.indexOf(cell.truth) : -1;
    const column = cell?.predicted === null ? 0 : cell ? names.indexOf(cell.predicted) + 1 : -1;
    return row < 0 || column < 0 ? null : { row, column };
  };
  const mark = pointed && place(pointed);
  const words = pointed && mark ? describe(pointed, classNames, counts, shares) : null;

  return (
    <div ref={ref} className={classes.matrix}>
      {width > 0 && (
        <div className={classes.wrap}>
          <div
            role="grid"
            tabIndex={0}
            aria-label={`Confusion matrix, ${label}. Rows truth, columns prediction. Arrows move, Enter lists the clips.`}
            aria-activedescendant={`${id}-${at.row}-${at.column}`}
            aria-rowcount={names.length + 1}
            aria-colcount={names.length + 1}
            className={classes.grid}
            style={{ gridTemplateColumns: `${layout.names}px repeat(${names.length}, ${layout.cell}px)` }}
            onKeyDown={onKeyDown}
            onFocus={() => {
              setFocused(true);
              onPoint(cellAt(at));
            }}
            onBlur={() => {
              setFocused(false);
              onPoint(null);
            }}
            onMouseMove={(event) => {
              const found = here(event);
              setHovered(found !== null);
              const cell = found && cellAt(found);
              if (cell?.truth !== pointed?.truth || cell?.predicted !== pointed?.predicted) onPoint(cell);
            }}
            onMouseLeave={() => {
              setHovered(false);
              onPoint(null);
            }}
            onClick={(event) => {
              const found = here(event);
              if (!found) return;
              setAt(found);
              onChoose(cellAt(found));
            }}
          >
            <Cells {...props} id={id} names={names} shares={shares} layout={layout} scheme={scheme} />
          </div>
          {[
            { at: mark, className: focused ? classes.focus : classes.pointed },
            { at: place(chosen), className: classes.chosen },
          ].map(
            (frame) =>
              frame.at && (
                <div key={frame.className} className={frame.className} style={box(frame.at, layout)} aria-hidden />
              ),
          )}
          {words && mark && (focused || hovered) && (
            <div
              className={classes.tip}
              role="status"
              style={{
                top: layout.names + (mark.row + 1) * layout.cell + 6,
                left: layout.names + (mark.column - 1) * layout.cell,
              }}
              data-edge={mark.column > names.length / 2 ? 'right' : 'left'}
            >
              {words}
            </div>
          )}
        </div>
      )}
    </div>
  );
}

function box({ row, column }: { row: number; column: number }, { cell, names }: MatrixLayout) {
  return {
    top: names + row * cell,
    left: column === 0 ? 0 : names + (column - 1) * cell,
    width: column === 0 ? names : cell,
    height: cell,
  };
}

/** "six taken for eight: 4 clips, 8.3 % of 48". */
function describe(
  { truth, predicted }: MatrixCell,
  classNames: readonly string[],
  counts: readonly (readonly number[])[],
  shares: readonly (readonly number[])[],
) {
  const row = classNames.indexOf(truth);
  const total = counts[row].reduce((sum, value) => sum + value, 0);
  if (predicted === null) {
    const wrong = total - counts[row][row];
    return (
      <>
        <b>{truth}</b>: {plural(wrong, 'mistake')} in {plural(total, 'clip')}
      </>
    );
  }
  const column = classNames.indexOf(predicted);
  const value = counts[row][column];
  return (
    <>
      <span className={classes.truth}>{truth}</span>{' '}
      {row === column ? (
        'named rightly'
      ) : (
        <>
          taken for <span className={classes.prediction}>{predicted}</span>
        </>
      )}
      : {plural(value, 'clip')}, {percent(shares[row][column])} of {count(total)}
    </>
  );
}

interface CellsProps extends Props {
  id: string;
  names: readonly string[];
  shares: readonly (readonly number[])[];
  layout: MatrixLayout;
  scheme: Scheme;
}

const sameCells = (a: CellsProps, b: CellsProps) =>
  (['counts', 'order', 'values', 'layout', 'scheme', 'names', 'shares', 'id'] as const).every(
    (key) => a[key] === b[key],
  ) &&
  a.limits.right === b.limits.right &&
  a.limits.wrong === b.limits.wrong;

/** The grid's rows; drawn anew only when what they show has changed, not with every move of the pointer. */
const Cells = memo(function Cells({ id, names, order, counts, shares, values, limits, layout, scheme }: CellsProps) {
  const { cell, numbers, fontSize } = layout;
  return (
    <>
      <div role="row" aria-rowindex={1} className={classes.row}>
        <div role="columnheader" aria-colindex={1} className={classes.corner} style={{ height: layout.names }}>
          <span>truth ↓ said →</span>
        </div>
        {names.map((name, column) => (
          <div
            key={name}
            role="columnheader"
            aria-colindex={column + 2}
            className={classes.above}
            style={{ height: layout.names }}
          >
            <span style={{ fontSize: Math.min(12, Math.max(8, cell)) }}>{name}</span>
          </div>
        ))}
      </div>
      {names.map((name, row) => (
        <div key={name} role="row" aria-rowindex={row + 2} className={classes.row}>
          <div
            id={`${id}-${row}-0`}
            role="rowheader"
            aria-colindex={1}
            data-row={row}
            data-column={0}
            className={classes.beside}
            style={{ height: cell, fontSize: Math.min(12, Math.max(8, cell)) }}
          >
            {name}
          </div>
          {names.map((_, column) => {
            const [i, j] = [order[row], order[column]];
            const value = values === 'counts' ? counts[i][j] : shares[i][j];
            const limit = i === j ? limits.right : limits.wrong;
            const colours = value > 0 ? shade(value / (limit || 1), i === j, scheme) : null;
            const text = values === 'counts' ? String(value) : String(Math.round(value * 100));
            return (
              <div
                key={column}
                id={`${id}-${row}-${column + 1}`}
                role="gridcell"
                aria-colindex={column + 2}
                data-row={row}
                data-column={column + 1}
                className={classes.cell}
                style={{ height: cell, fontSize, ...(colours && { background: colours.fill, color: colours.text }) }}
              >
                {numbers ? (
                  value > 0 ? (
                    values === 'percent' && value < 0.005 ? (
                      '<1'
                    ) : (
                      text
                    )
                  ) : i === j ? (
                    '0'
                  ) : (
                    ''
                  )
                ) : (
                  <span className={classes.hidden}>{text}</span>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </>
  );
}, sameCells);
