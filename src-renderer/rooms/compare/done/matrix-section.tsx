import { Button, SegmentedControl, Select, Skeleton, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type CSSProperties } from 'react';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { MatrixView } from '#shared/contract/compare.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import { useAction } from '../../../app/use-action.ts';
import { api, queries } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { plural } from '../../../parts/format.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { ConfusionMatrix } from '../../../parts/matrix/confusion-matrix.tsx';
import { comfortableWidth } from '../../../parts/matrix/layout.ts';
import { MatrixLegend } from '../../../parts/matrix/matrix-legend.tsx';
import { orderClasses, rowShares, sumMatrices } from '../../../parts/matrix/order.ts';
import { scaleLimits } from '../../../parts/matrix/scale.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { LeakMark } from '../../../parts/results/leak-mark.tsx';
import { accuracy } from '../../../parts/results/numbers.ts';
import type { MatrixPlace } from '../route.ts';
import { point, toggleOrder, toggleValues, useMatrixView } from './matrix-view.ts';
import classes from './done.module.css';

interface Props {
  comparison: ComparisonView;
  place: MatrixPlace | null;
  onPlace: (place: MatrixPlace) => void;
}

/** Puts the keyboard back on the matrix the clips came from, once they are gone. */
export function focusMatrix(cell: Cell): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-matrix="${cell}"] [role=grid]`)?.focus());
}

/** The confusion matrices of all networks side by side: one order, one scale, one pointer. */
export function MatrixSection({ comparison, place, onPlace }: Props) {
  const { values, order, size, pointed } = useMatrixView();
  const [chosenSeed, setSeed] = useState<number | null>(null);
  const seeds = [...new Set(comparison.runs.filter((run) => run.result).map((run) => run.seed))];
  const seed = place ? place.seed : chosenSeed;
  const query = useQuery(
    api.compare.matrices.queryOptions({
      input: { comparison: comparison.id, seed },
      placeholderData: keepPreviousData,
    }),
  );
  const matrices = query.data;
  // Another run has been tested: there is more to show.
  const tested = comparison.runs.filter((run) => run.result).length;
  const seen = useRef(tested);
  useEffect(() => {
    if (seen.current === tested) return;
    seen.current = tested;
    for (const call of [api.compare.matrices, api.compare.cellClips, api.compare.predictions])
      void queries.invalidateQueries({ queryKey: call.key() });
  }, [tested]);
  const indices = useMemo(
    () => (matrices?.length ? orderClasses(sumMatrices(matrices.map((matrix) => matrix.counts)), order) : []),
    [matrices, order],
  );
  const limits = useMemo(
    () => scaleLimits((matrices ?? []).map(({ counts }) => (values === 'counts' ? counts : rowShares(counts)))),
    [matrices, values],
  );
  const narrowest = useMemo(() => comfortableWidth(matrices?.[0]?.classes ?? []), [matrices]);
  const [enlarged, setEnlarged] = useState<Cell | null>(null);
  const large = size === 'large' ? (enlarged ?? place?.cell ?? matrices?.[0]?.cell ?? null) : null;
  const shown = (matrices ?? []).filter(({ cell }) => large === null || cell === large);

  // The panel beside it has made the page narrower, or the page was opened at a cell: the matrices stay in sight.
  const section = useRef<HTMLElement>(null);
  const opened = place !== null && matrices !== undefined;
  useEffect(() => {
    if (opened) section.current?.scrollIntoView({ block: 'start' });
  }, [opened]);

  useAction('compare.values', toggleValues);
  useAction('compare.order', toggleOrder);
  const listMistakes = (cell: Cell, truth: string | null = null) =>
    onPlace({ cell, seed, truth, predicted: null, clip: null });
  useAction('compare.mistakes', () => shown[0] && listMistakes(place?.cell ?? shown[0].cell), shown.length > 0);

  return (
    <section ref={section} aria-label="Confusion matrices">
      <div className={classes.toolbar}>
        <Title order={2}>Confusion matrices</Title>
        <ActionTip action="compare.values">
          <SegmentedControl
            aria-label="Values of the matrices"
            value={values}
            onChange={toggleValues}
            data={[
              { value: 'counts', label: 'Counts' },
              { value: 'percent', label: 'Row %' },
            ]}
          />
        </ActionTip>
        <ActionTip action="compare.order">
          <SegmentedControl
            aria-label="Order of the classes"
            value={order}
            onChange={toggleOrder}
            data={[
              { value: 'class', label: 'By class' },
              { value: 'confusion', label: 'By confusion' },
            ]}
          />
        </ActionTip>
        <SegmentedControl
          aria-label="Size of the matrices"
          value={size}
          onChange={(next) => useMatrixView.setState({ size: next as 'all' | 'large' })}
          data={[
            { value: 'all', label: 'Side by side' },
            { value: 'large', label: 'Large' },
          ]}
        />
        {large !== null && (
          <SegmentedControl
            aria-label="Network"
            value={large}
            onChange={(cell) => setEnlarged(cell as Cell)}
            data={(matrices ?? []).map(({ cell }) => ({ value: cell, label: CELL_NAMES[cell] }))}
          />
        )}
        {seeds.length > 1 && (
          <Select
            aria-label="Seed"
            w={190}
            allowDeselect={false}
            value={seed === null ? 'all' : String(seed)}
            onChange={(value) => {
              const next = value === 'all' ? null : Number(value);
              setSeed(next);
              if (place) onPlace({ ...place, seed: next, clip: null });
            }}
            data={[
              { value: 'all', label: `All ${seeds.length} seeds, summed` },
              ...seeds.map((one) => ({ value: String(one), label: `Seed ${one}` })),
            ]}
          />
        )}
      </div>
      {query.isError && (
        <Failure error={query.error} title="The matrices cannot be shown" onRetry={() => void query.refetch()} />
      )}
      {!matrices && !query.isError && <Skeleton height={300} aria-label="Loading the matrices" />}
      {matrices && (
        <>
          <div
            className={classes.matrices}
            data-large={large !== null || undefined}
            style={{ '--narrowest': `${narrowest}px` } as CSSProperties}
          >
            {shown.map((matrix) => (
              <div key={matrix.cell} className={classes.one} data-matrix={matrix.cell}>
                <MatrixHead
                  matrix={matrix}
                  leakNote={comparison.split.leakNote}
                  onMistakes={() => listMistakes(matrix.cell)}
                />
                <ConfusionMatrix
                  label={`${CELL_NAMES[matrix.cell]}, ${seed === null && seeds.length > 1 ? 'all seeds' : `seed ${seed ?? seeds[0]}`}`}
                  classNames={matrix.classes}
                  counts={matrix.counts}
                  order={indices}
                  values={values}
                  limits={limits}
                  pointed={pointed}
                  chosen={
                    place?.cell === matrix.cell && place.truth !== null
                      ? { truth: place.truth, predicted: place.predicted }
                      : null
                  }
                  onPoint={point}
                  onChoose={({ truth, predicted }) =>
                    onPlace({ cell: matrix.cell, seed, truth, predicted, clip: null })
                  }
                />
              </div>
            ))}
          </div>
          <MatrixLegend limits={limits} values={values} />
          <Text size="xs" c="dimmed" mt={4}>
            Choose a cell to hear its clips, or a class on the left to hear all its mistakes.
          </Text>
        </>
      )}
    </section>
  );
}

interface HeadProps {
  matrix: MatrixView;
  leakNote: string | null;
  onMistakes: () => void;
}

function MatrixHead({ matrix, leakNote, onMistakes }: HeadProps) {
  const right = matrix.counts.reduce((sum, row, index) => sum + row[index], 0);
  const wrong = matrix.clips - right;
  return (
    <div className={classes.matrixHead}>
      <CellName cell={matrix.cell} />
      <span className="hark-numbers">
        {accuracy(matrix.clips === 0 ? null : right / matrix.clips)}
        <LeakMark note={leakNote} />
      </span>
      <Button variant="subtle" size="compact-xs" onClick={onMistakes} disabled={wrong === 0}>
        {wrong === 0 ? 'no mistake' : `${plural(wrong, 'mistake')} of ${plural(matrix.clips, 'answer')}`}
      </Button>
    </div>
  );
}
