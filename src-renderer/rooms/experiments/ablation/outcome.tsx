import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import type { SweepView } from '#shared/domain/sweep.ts';
import { SaveMenu } from '../../../parts/figure/save-menu.tsx';
import { levelFigure } from '../../../parts/level-chart/figure.ts';
import { LevelChart } from '../../../parts/level-chart/level-chart.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { Section } from '../../../parts/section.tsx';
import { QUANTITIES, quantityOf, type Quantity } from '../quantities.ts';
import { cellsAlong, chartData, legendOf } from './chart-data.ts';
import { basisWords, fileName, intervalWords, restWords, sweepCsv } from './words.ts';
import classes from '../experiments.module.css';

/** The chart of an ablation, by whatever was measured, and what can be said of it. */
export function Outcome({ sweep }: { sweep: SweepView }) {
  const [id, setId] = useState<Quantity['id']>('accuracy');
  const quantity = quantityOf(id);
  const data = chartData(sweep, quantity);
  const method = intervalWords(sweep);
  const basis = basisWords(sweep);
  const intervals = method && `Bars: 95 % intervals of accuracy (${method}).`;
  return (
    <Section
      title={`${quantity.title} by level`}
      aside={
        <div className={classes.aside}>
          <SegmentedControl
            aria-label="Upwards"
            value={id}
            onChange={(value) => setId(value as Quantity['id'])}
            data={QUANTITIES.map(({ id: value, name }) => ({ value, label: name }))}
          />
          <SaveMenu
            name={`${fileName(sweep.name)}-${id}`}
            figure={() =>
              levelFigure(data, {
                title: sweep.name,
                notes: [basis, restWords(sweep), ...(intervals ? [intervals] : [])],
                legend: legendOf(sweep),
              })
            }
            csv={() => sweepCsv(sweep)}
            rows="a row a level and network"
          />
        </div>
      }
    >
      <LevelChart data={data} label={`${quantity.title} by level; as numbers under Level by level`} height={320} />
      <div className={classes.legend}>
        {cellsAlong(sweep)
          ? legendOf(sweep).map(({ name, hollow }) => (
              <span key={name}>
                {hollow ? 'Outlined' : 'Filled'}: {name}
              </span>
            ))
          : sweep.spec.base.cells.map((cell) => <CellName key={cell} cell={cell} />)}
        {id === 'accuracy' && intervals && <span>{intervals}</span>}
      </div>
      <div className={classes.findings} aria-live="polite">
        {sweep.findings.map(({ cell, words }) => (
          <Text key={cell}>{words}</Text>
        ))}
      </div>
      <Text size="xs" c="dimmed" className="hark-numbers">
        {basis}
      </Text>
    </Section>
  );
}
