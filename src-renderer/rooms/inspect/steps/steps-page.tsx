import { useMemo } from 'react';
import { useCellStyle } from '../../../parts/cells.ts';
import { BenchBar } from './bench-bar.tsx';
import { GradientCheck } from './gradient-check.tsx';
import { momentsOf } from './moments.ts';
import { NetworkSection } from './network-section.tsx';
import { StepSection } from './step-section.tsx';
import { Stepper } from './stepper.tsx';
import { useSteps } from './state.ts';
import { useExercise } from './use-exercise.ts';
import classes from './steps.module.css';

/** A network so small that each of its numbers can be followed, forward and back, step by step. */
export default function StepsPage() {
  const worked = useExercise();
  const { cell, steps } = worked.settings;
  const moments = useMemo(() => momentsOf(steps), [steps]);
  const at = Math.min(
    useSteps((state) => state.at),
    moments.length - 1,
  );
  const { colour } = useCellStyle()(cell);
  return (
    <div className={classes.page} style={{ '--cell': colour } as React.CSSProperties}>
      <div className={classes.head}>
        <BenchBar worked={worked} />
        <Stepper moments={moments} at={at} />
      </div>
      <div className={classes.columns}>
        <div className={classes.column} role="region" aria-label="The network" tabIndex={0}>
          <NetworkSection {...worked} />
          <GradientCheck {...worked} />
        </div>
        <div className={classes.column} role="region" aria-label="The step" tabIndex={0}>
          <StepSection moment={moments[at]} worked={worked} />
        </div>
      </div>
    </div>
  );
}
