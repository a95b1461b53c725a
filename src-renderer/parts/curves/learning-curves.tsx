import { SegmentedControl, Slider, Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import { CELLS } from '#shared/domain/model-spec.ts';
import type { RunView } from '#shared/domain/run.ts';
import { CellName } from '../results/cell-mark.tsx';
import { CurveChart } from './curve-chart.tsx';
import { EpochTable } from './epoch-table.tsx';
import { curveData, METRICS, type CurvePart } from './series.ts';
import classes from './curves.module.css';

type Shown = CurvePart | 'both';
const PARTS: Record<Shown, readonly CurvePart[]> = {
  both: ['train', 'validation'],
  validation: ['validation'],
  train: ['train'],
};

interface Props {
  runs: readonly RunView[];
  height?: number;
}

/** Loss and accuracy of all runs by epoch, raw or smoothed, with the best epochs marked; as charts or as a table. */
export function LearningCurves({ runs, height = 240 }: Props) {
  const seeds = new Set(runs.map((run) => run.seed)).size;
  const validated = runs.some((run) => run.epochs.some((record) => record.validationLoss !== null));
  const [chosen, setShown] = useState<Shown | null>(null);
  const [smoothed, setSmoothed] = useState(false);
  const [weight, setWeight] = useState(0.6);
  const [log, setLog] = useState(false);
  const [view, setView] = useState<'chart' | 'table'>('chart');

  const shown: Shown = validated ? (chosen ?? (seeds > 1 ? 'validation' : 'both')) : 'train';
  const charts = useMemo(
    () => METRICS.map((metric) => ({ metric, data: curveData(runs, metric, PARTS[shown], smoothed ? weight : 0) })),
    [runs, shown, smoothed, weight],
  );
  const cells = CELLS.filter((cell) => runs.some((run) => run.cell === cell));

  return (
    <div>
      <div className={classes.toolbar}>
        <SegmentedControl
          aria-label="Curves of"
          value={shown}
          onChange={(value) => setShown(value as Shown)}
          disabled={!validated}
          data={[
            { value: 'both', label: 'Both' },
            { value: 'validation', label: 'Validation' },
            { value: 'train', label: 'Training' },
          ]}
        />
        <SegmentedControl
          aria-label="Smoothing"
          value={smoothed ? 'smoothed' : 'raw'}
          onChange={(value) => setSmoothed(value === 'smoothed')}
          data={[
            { value: 'raw', label: 'Raw' },
            { value: 'smoothed', label: 'Smoothed' },
          ]}
        />
        {smoothed && (
          <Slider
            className={classes.slider}
            size="xs"
            min={0.1}
            max={0.95}
            step={0.05}
            value={weight}
            onChange={setWeight}
            label={(value) => value.toFixed(2)}
            thumbLabel="Smoothing weight"
          />
        )}
        <Switch
          size="xs"
          label="Log axis for loss"
          checked={log}
          onChange={(event) => setLog(event.currentTarget.checked)}
        />
        <span className={classes.spacer} />
        <SegmentedControl
          aria-label="Show curves as"
          value={view}
          onChange={(value) => setView(value as 'chart' | 'table')}
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </div>
      <div className={classes.legend} style={{ padding: '8px 0' }}>
        {cells.map((cell) => (
          <strong key={cell}>
            <CellName cell={cell} />
          </strong>
        ))}
        {shown === 'both' && <span>strong: validation, faint: training</span>}
        {seeds > 1 && <span>thin: one seed, thick: mean of {seeds} seeds as far as all have got</span>}
        <span>hollow marker: best epoch</span>
      </div>
      {view === 'chart' ? (
        <div className={classes.charts}>
          {charts.map(({ metric, data }) => (
            <CurveChart key={metric} metric={metric} data={data} log={log && metric === 'loss'} height={height} />
          ))}
        </div>
      ) : (
        <EpochTable runs={runs} />
      )}
    </div>
  );
}
