import { Slider } from '@mantine/core';
import { Link } from 'wouter';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { ACTIVATION_IDS, ACTIVATIONS, type ActivationId } from '#shared/math/activations.ts';
import { paths } from '../../../app/paths.ts';
import { csvOf } from '../../../parts/figure/csv.ts';
import { SaveMenu } from '../../../parts/figure/save-menu.tsx';
import { count, significant, splitPath } from '../../../parts/format.ts';
import { Section } from '../../../parts/section.tsx';
import { ActivationChart } from './activation-chart.tsx';
import { activationFigure, activationNumbers, productFigure, productNumbers } from './figures.ts';
import { NumbersBehind } from './numbers-behind.tsx';
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
          <FunctionSection key={id} id={id} own={own} x={x} steps={steps} />
        ))}
        <Section
          title="Over many steps"
          aside={
            <>
              <ProductKey />
              <SaveMenu
                name={`slopes-at-${x}`}
                figure={() => productFigure(x)}
                csv={() => csvOf(productNumbers(x).head, productNumbers(x).rows)}
              />
            </>
          }
        >
          <ProductChart />
          <p className={classes.says}>
            Each step back multiplies by the slope: a product of numbers below 1 vanishes exponentially.
          </p>
          <NumbersBehind of={productNumbers(x)} />
        </Section>
      </div>
    </div>
  );
}

type Own = ReturnType<typeof usePreActivations>;

/** One of the functions, with what went into it in a network of one's own. */
function FunctionSection({ id, own, x, steps }: { id: ActivationId; own: Own; x: number; steps: number }) {
  const bars = own?.of(id)?.histogram;
  const numbers = activationNumbers(id, bars);
  return (
    <Section
      title={ACTIVATIONS[id].name}
      aside={
        <>
          <Legend />
          <SaveMenu
            name={`activation-${id}`}
            figure={() => activationFigure(id, bars, [SAYS[id], barsWords(own, id) ?? ''].filter(Boolean))}
            csv={() => csvOf(numbers.head, numbers.rows)}
          />
        </>
      }
    >
      <ActivationChart id={id} preActivations={bars} />
      <Reading id={id} x={x} steps={steps} />
      <p className={classes.says}>
        {SAYS[id]} <Bars own={own} id={id} />
      </p>
      <NumbersBehind of={numbers} />
    </Section>
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
function Bars({ own, id }: { own: Own; id: ActivationId }) {
  if (!own)
    return id === 'relu' ? null : (
      <>
        What goes into it in a network of yours is drawn here once you have looked at a clip in{' '}
        <Link href={paths.inspect()}>Gates and states</Link>.
      </>
    );
  return barsWords(own, id);
}

/** The same as text; null where there are no bars. */
function barsWords(own: Own, id: ActivationId): string | null {
  const found = own?.of(id);
  if (!own || !found) return null;
  const { cell, layer, file } = own;
  return `Bars: what goes into it in layer ${layer + 1} of the ${CELL_NAMES[cell]} over ${splitPath(file).name} (${found.signals.join(', ')}; n = ${count(found.n)} values); the outermost hold all beyond ±${RANGE.max}.`;
}
