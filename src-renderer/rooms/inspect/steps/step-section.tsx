import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { Section } from '../../../parts/section.tsx';
import { environmentAt } from './environment.ts';
import { blocksAt } from './equations/equations.ts';
import { EquationLine } from './equation-line.tsx';
import { momentName } from './labels.ts';
import type { Moment } from './moments.ts';
import { useSteps } from './state.ts';
import type { Worked } from './use-exercise.ts';
import classes from './steps.module.css';

/** All that is computed at a moment, equation by equation. */
export function StepSection({ moment, worked }: { moment: Moment; worked: Worked }) {
  const { settings, task, run, back } = worked;
  const { hiddenSize } = settings;
  const unit = Math.min(
    useSteps((state) => state.unit),
    hiddenSize - 1,
  );
  const environment = useMemo(() => environmentAt(moment, task, run, back), [moment, task, run, back]);
  return (
    <Section
      title={momentName(moment)}
      aside={
        hiddenSize > 1 && (
          <span className={classes.unit}>
            <span id="unit-in-sight">Numbers of unit</span>
            <SegmentedControl
              aria-labelledby="unit-in-sight"
              value={String(unit)}
              data={Array.from({ length: hiddenSize }, (_, index) => ({ value: String(index), label: `${index + 1}` }))}
              onChange={(value) => useSteps.setState({ unit: Number(value) })}
            />
          </span>
        )
      }
    >
      {moment.phase !== 'forward' && (
        <p className={classes.says}>
          A d before a name is short for the gradient of the loss in it: d<i>h</i> is ∂<i>L</i>/∂<i>h</i>.
        </p>
      )}
      <div className={classes.blocks}>
        {blocksAt(settings.cell, moment).map(({ title, says, lines }) => (
          <section key={title} className={classes.block} aria-label={title}>
            <h3>{title}</h3>
            <p className={classes.says}>{says}</p>
            {lines.map((line) => (
              <EquationLine
                key={line.equation}
                line={line}
                cell={settings.cell}
                environment={environment}
                unit={unit}
              />
            ))}
          </section>
        ))}
      </div>
    </Section>
  );
}
