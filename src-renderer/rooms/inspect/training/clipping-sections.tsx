import { useMemo } from 'react';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { RunView } from '#shared/domain/run.ts';
import type { ClippingSpec } from '#shared/domain/training-spec.ts';
import { plural } from '../../../parts/format.ts';
import { clippedPlot, clippingFindings, clippingNumbers, normPlot } from './clipping.ts';
import { PlotSection } from './plot-section.tsx';
import { useTrainingView } from './state.ts';
import { fileName } from './words.ts';

const HEIGHT = 230;

const CLIPPING_WORDS: { [K in ClippingSpec['kind']]: (spec: Extract<ClippingSpec, { kind: K }>) => string } = {
  none: () => 'Gradients are not clipped.',
  norm: ({ max }) => `Gradients are scaled down together where their norm is above ${max}.`,
  value: ({ max }) => `Each value of a gradient is held within ±${max}.`,
};

interface Props {
  comparison: ComparisonView;
  /** Of the seed. */
  runs: readonly RunView[];
  seed: number;
}

/** What gradients of all weights come to by epoch, and what clipping does about them. */
export function ClippingSections({ comparison, runs, seed }: Props) {
  const epoch = useTrainingView((state) => state.epoch);
  const { clipping, epochs, batchSize } = comparison.spec.training;
  const norms = useMemo(() => normPlot(runs, clipping, epochs), [runs, clipping, epochs]);
  const clipped = useMemo(() => clippedPlot(runs, epochs), [runs, epochs]);
  const numbers = useMemo(() => clippingNumbers(runs), [runs]);
  const steps = Math.ceil(comparison.split.train / batchSize);
  const basis = `n = ${plural(steps, 'step')} an epoch (batches of ${batchSize} clips), training part, seed ${seed}. ${(CLIPPING_WORDS[clipping.kind] as (spec: ClippingSpec) => string)(clipping)}`;
  const findings = clippingFindings(runs, epoch);
  return (
    <>
      <PlotSection
        title="Norm of the gradient"
        says={`Strong: before clipping${clipping.kind === 'none' ? '' : ', faint: after'}. A wide band means that single steps are much steeper than others: those are what clipping is for.`}
        data={norms}
        numbers={numbers}
        height={HEIGHT}
        name={fileName(comparison, seed, 'gradient-norm')}
        basis={basis}
        findings={findings}
      />
      <PlotSection
        title="Share of steps clipped"
        says="Where nearly all steps are clipped the length of a step is set by the clipping, no longer by the slope; where none are, it could be left out."
        data={clipped}
        numbers={numbers}
        height={HEIGHT}
        name={fileName(comparison, seed, 'clipped')}
        basis={basis}
      />
    </>
  );
}
