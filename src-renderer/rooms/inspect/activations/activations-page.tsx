import { Slider } from '@mantine/core';
import { Link } from 'wouter';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { ACTIVATION_IDS, ACTIVATIONS, type ActivationId } from '#shared/math/activations.ts';
import { paths } from '../../../app/paths.ts';
import { count, significant, splitPath } from '../../../parts/format.ts';
import { Section } from '../../../parts/section.tsx';
import { ActivationChart } from './activation-chart.tsx';
import { usePreActivations } from './pre-activations.ts';
import { ProductChart, ProductKey } from './product-chart.tsx';
import { RANGE, STEPS, useActivations } from './state.ts';
import classes from './activations.module.css';

const SAYS: Record<ActivationId, string> = {
  sigmoid: 'Opens and shuts gates; its slope is 1/4 at most.',
  tanh: 'Makes states and candidates; its slope is 1 at 0 alone.',
  relu: 'Lets through what is positive, with slope 1; below 0 nothing is learnt.',
};

/** What the sums of a cell go through, and what their slopes do to a gradient over many steps. */
export default function ActivationsPage() {
  const { x, steps } = useActivations();
  const own = usePreActivations();
  return (
    <div className={classes.page}>
      <div className={classes.sliders}>
        <label className={classes.slider}>
          <span id="activation-x">
            <i>x</i> = {significant(x)}
          </span>
          <Slider
            size="sm"
            {...RANGE}
            step={0.05}
            value={x}
            label={null}
            thumbProps={{ 'aria-labelledby': 'activation-x' }}
            marks={[{ value: 0 }]}
            onChange={(value) => useActivations.setState({ x: value })}
          />
        </label>
        <label className={classes.slider}>
          <span id="activation-steps">
            <i>n</i> = {steps} steps
          </span>
          <Slider
            size="sm"
            {...STEPS}
            step={1}
            value={steps}
            label={null}
            thumbProps={{ 'aria-labelledby': 'activation-steps' }}
            onChange={(value) => useActivations.setState({ steps: value })}
          />
        </label>
      </div>
      <div className={classes.charts}>
        {ACTIVATION_IDS.map((id) => (
          <Section key={id} title={ACTIVATIONS[id].name} aside={<Legend />}>
            <ActivationChart id={id} preActivations={own?.of(id)?.histogram} />
            <Reading id={id} x={x} steps={steps} />
            <p className={classes.says}>
              {SAYS[id]} <Bars own={own} id={id} />
            </p>
          </Section>
        ))}
        <Section title="Over many steps" aside={<ProductKey />}>
          <ProductChart />
          <p className={classes.says}>
            Each step back multiplies by the slope: a product of numbers below 1 vanishes exponentially.
          </p>
        </Section>
      </div>
    </div>
  );
}

/** Which line is the function and which its derivative. */
function Legend() {
  return (
    <span className={classes.key}>
      <span>
        <svg width={24} height={8} aria-hidden>
          <line className={classes.value} x1={0} x2={24} y1={4} y2={4} />
        </svg>
        <span>
          <i>f</i>(<i>x</i>)
        </span>
      </span>
      <span>
        <svg width={24} height={8} aria-hidden>
          <line className={classes.derivative} x1={0} x2={24} y1={4} y2={4} />
        </svg>
        <span>
          <i>f</i>&#8202;′(<i>x</i>)
        </span>
      </span>
    </span>
  );
}

function Reading({ id, x, steps }: { id: ActivationId; x: number; steps: number }) {
  const { value, derivative } = ACTIVATIONS[id];
  const slope = derivative(x);
  return (
    <dl className={classes.reading}>
      <div>
        <dt>
          <i>f</i>(<i>x</i>)
        </dt>
        <dd>{significant(value(x), 4)}</dd>
      </div>
      <div>
        <dt>
          <i>f</i>&#8202;′(<i>x</i>)
        </dt>
        <dd>{significant(slope, 4)}</dd>
      </div>
      <div>
        <dt>
          <i>f</i>&#8202;′(<i>x</i>)<sup>{steps}</sup>
        </dt>
        <dd>{significant(slope ** steps)}</dd>
      </div>
    </dl>
  );
}

/** Whose pre-activations the bars are. */
function Bars({ own, id }: { own: ReturnType<typeof usePreActivations>; id: ActivationId }) {
  if (!own)
    return id === 'relu' ? null : (
      <>
        What goes into it in a network of yours is drawn here once you have looked at a clip in{' '}
        <Link href={paths.inspect()}>Gates and states</Link>.
      </>
    );
  const found = own.of(id);
  if (!found) return null;
  const { cell, layer, file } = own;
  return (
    <>
      Bars: what goes into it in layer {layer + 1} of the {CELL_NAMES[cell]} over {splitPath(file).name} (
      {found.signals.join(', ')}; n = {count(found.n)} values); the outermost hold all beyond ±{RANGE.max}.
    </>
  );
}
