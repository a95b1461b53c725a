import { Select, Slider } from '@mantine/core';
import { centralDifference, PARAMETERS, relativeDifference, type Parameter } from '#shared/math/cells/network.ts';
import { LAYER_PARAMETERS, type LayerParameter } from '#shared/math/cells/sequence.ts';
import { significant } from '../../../parts/format.ts';
import { Section } from '../../../parts/section.tsx';
import { NAMES, placeName } from './labels.ts';
import { fixed } from './numbers.ts';
import { keyOf, type Settings } from './exercise.ts';
import { POWERS, useSteps, type Pick } from './state.ts';
import type { Worked } from './use-exercise.ts';
import classes from './steps.module.css';

const ALL_POWERS = Array.from({ length: POWERS.max - POWERS.min + 1 }, (_, index) => POWERS.max - index);

/** The gradient that backpropagation gives in one weight, beside the one that two losses give. */
export function GradientCheck({ settings, task, back }: Worked) {
  const power = useSteps((state) => state.power);
  const asked = useSteps((state) => state.pick);
  const places = placesOf(task.parameters);
  // What was picked may not be there any more in a smaller network.
  const pick = places.find((place) => keyOf(place) === keyOf(asked)) ?? places[0];
  const index = pick.row * task.parameters[pick.name].columns + pick.column;
  const analytic = back.gradients[pick.name].values[index];
  const numeric = centralDifference(task, pick.name, index, 10 ** power);
  return (
    <Section title="Check a gradient" aside="analytic beside numeric">
      <div className={classes.check}>
        <Select
          label={
            <>
              Weight <i>w</i>
            </>
          }
          searchable
          allowDeselect={false}
          value={keyOf(pick)}
          data={optionsOf(settings, places)}
          onChange={(key) => {
            const chosen = places.find((place) => keyOf(place) === key);
            if (chosen) useSteps.setState({ pick: chosen });
          }}
        />
        <div>
          <span className={classes.sliderLabel} id="power">
            <i>e</i> = <Power of={power} />
          </span>
          <Slider
            size="sm"
            min={POWERS.min}
            max={POWERS.max}
            step={1}
            value={power}
            label={null}
            thumbProps={{ 'aria-labelledby': 'power' }}
            marks={ALL_POWERS.map((value) => ({ value }))}
            onChange={(value) => useSteps.setState({ power: value })}
          />
        </div>
      </div>
      <dl className={classes.facts}>
        <dt>
          By backpropagation, ∂<i>L</i>/∂<i>w</i>
        </dt>
        <dd>
          <b>{long(analytic)}</b>
        </dd>
        <Sum contributions={contributionsOf(pick.name, index, back.steps)} />
        <dt>
          <i>L</i>(<i>w</i> + <i>e</i>)
        </dt>
        <dd>{long(numeric.above)}</dd>
        <dt>
          <i>L</i>(<i>w</i> − <i>e</i>)
        </dt>
        <dd>{long(numeric.below)}</dd>
        <dt>
          (<i>L</i>(<i>w</i> + <i>e</i>) − <i>L</i>(<i>w</i> − <i>e</i>)) / 2<i>e</i>
        </dt>
        <dd>
          <b>{long(numeric.gradient)}</b>
        </dd>
        <dt>Relative difference</dt>
        <dd>
          <b>{significant(relativeDifference(analytic, numeric.gradient))}</b>
        </dd>
      </dl>
      <table className={classes.powers}>
        <caption>
          Too large an <i>e</i> misses the curve; too small a one loses digits to rounding.
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <i>e</i>
            </th>
            <th scope="col">numeric gradient</th>
            <th scope="col">relative difference</th>
          </tr>
        </thead>
        <tbody>
          {ALL_POWERS.map((one) => {
            const { gradient } = centralDifference(task, pick.name, index, 10 ** one);
            return (
              <tr key={one} data-shown={one === power || undefined}>
                <th scope="row">
                  <Power of={one} />
                </th>
                <td>{long(gradient)}</td>
                <td>{significant(relativeDifference(analytic, gradient))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

const Power = ({ of }: { of: number }) => (
  <>
    10<sup>{String(of).replace('-', '−')}</sup>
  </>
);

/** What each step gives of it. */
function Sum({ contributions }: { contributions: readonly number[] }) {
  if (contributions.length === 0) return null;
  return (
    <>
      <dt>of which by step</dt>
      <dd className={classes.sum}>
        {contributions.map((value, t) => (
          <span key={t}>
            <i>t</i> = {t + 1}: {fixed(value)}
          </span>
        ))}
      </dd>
    </>
  );
}

const isOfLayer = (name: Parameter): name is LayerParameter =>
  (LAYER_PARAMETERS as readonly Parameter[]).includes(name);

const contributionsOf = (name: Parameter, index: number, steps: Worked['back']['steps']): number[] =>
  isOfLayer(name) ? steps.map(({ contributions }) => contributions[name].values[index]) : [];

function placesOf(parameters: Worked['task']['parameters']): Pick[] {
  return PARAMETERS.flatMap((name) => {
    const { columns, values } = parameters[name];
    return values.map((_, index): Pick => ({ name, row: Math.floor(index / columns), column: index % columns }));
  });
}

function optionsOf(settings: Settings, places: readonly Pick[]) {
  return PARAMETERS.map((name) => ({
    group: `${NAMES[name].symbol}, ${NAMES[name].words}`,
    items: places
      .filter((place) => place.name === name)
      .map((place) => ({ value: keyOf(place), label: placeName(settings, place) })),
  }));
}

/** With the digits that a difference of two losses needs. */
const long = (value: number): string => value.toPrecision(10).replaceAll('-', '−');
