import { SegmentedControl, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { csvOf } from '../../../parts/figure/csv.ts';
import { SaveMenu } from '../../../parts/figure/save-menu.tsx';
import { plotFigure } from '../../../parts/line-plot/figure.ts';
import type { PlotData } from '../../../parts/line-plot/layout.ts';
import { LinePlot } from '../../../parts/line-plot/line-plot.tsx';
import { Section } from '../../../parts/section.tsx';
import { NumberTable } from './number-table.tsx';
import type { Numbers } from './numbers.ts';
import classes from './training.module.css';

interface Props {
  title: string;
  /** What one sees, and what to look for. */
  says: string;
  data: PlotData;
  numbers: Numbers;
  height: number;
  /** Of saved files, without their ending. */
  name: string;
  /** What every number rests on. */
  basis: string;
  wide?: boolean;
  /** Above the chart. */
  controls?: ReactNode;
  /** What came out, a sentence each. */
  findings?: readonly string[];
}

/** A chart with what came out of it, its table, and how to take it away. */
export function PlotSection({ title, says, data, numbers, height, name, basis, wide, controls, findings = [] }: Props) {
  const [view, setView] = useState('chart');
  const figure = () => plotFigure(data, { title, notes: [...findings, basis] });
  return (
    <Section
      title={title}
      wide={wide === true}
      aside={
        <div className={classes.tools}>
          <SegmentedControl
            size="xs"
            aria-label={`Show ${title.toLowerCase()} as`}
            value={view}
            onChange={setView}
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
          <SaveMenu figure={figure} name={name} csv={() => csvOf(numbers.head, numbers.rows)} />
        </div>
      }
    >
      <Text size="xs" c="dimmed" className={classes.says}>
        {says}
      </Text>
      {controls}
      {view === 'chart' ? (
        <figure className={classes.figure}>
          <figcaption className={classes.caption}>{data.y.title}</figcaption>
          <LinePlot
            data={data}
            height={height}
            label={`${title}: ${data.y.title} by ${data.x.title}; as numbers under Table`}
          />
        </figure>
      ) : (
        <NumberTable numbers={numbers} label={`${title} as numbers`} />
      )}
      <div className={classes.findings} aria-live="polite">
        {findings.map((words) => (
          <Text key={words} size="sm">
            {words}
          </Text>
        ))}
      </div>
      <Text size="xs" c="dimmed" className="hark-numbers">
        {basis}
      </Text>
    </Section>
  );
}
