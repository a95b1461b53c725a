import { countParameters, ModelSpec } from '#shared/domain/model-spec.ts';
import { plural } from '../../../parts/format.ts';
import { Section } from '../../../parts/section.tsx';
import { MatrixFields } from './matrix-fields.tsx';
import type { Worked } from './use-exercise.ts';
import classes from './steps.module.css';

/** What is fed to the network, and all its weights. */
export function NetworkSection({ exercise, settings }: Worked) {
  const { cell, hiddenSize, inputSize } = settings;
  const of = { exercise, settings };
  return (
    <>
      <Section title="Inputs and target" aside="edit any number">
        <div className={classes.matrices}>
          <MatrixFields name="x" {...of} />
          <MatrixFields name="h0" {...of} />
          {exercise.c0.rows > 0 && <MatrixFields name="c0" {...of} />}
          <MatrixFields name="target" {...of} heads={false} />
        </div>
      </Section>
      <Section
        title="Weights"
        aside={plural(countParameters(ModelSpec.parse({ cell, hiddenSize }), inputSize, 1), 'parameter')}
      >
        <div className={classes.matrices}>
          <MatrixFields name="weightIh" {...of} />
          <MatrixFields name="weightHh" {...of} heads={false} />
          <MatrixFields name="biasIh" {...of} heads={false} />
          <MatrixFields name="biasHh" {...of} heads={false} />
        </div>
        <div className={classes.matrices}>
          <MatrixFields name="weightOut" {...of} heads={false} />
          <MatrixFields name="biasOut" {...of} heads={false} />
        </div>
      </Section>
    </>
  );
}
