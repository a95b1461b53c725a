import { useMemo } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { describeSchedule } from '#shared/domain/schedule-spec.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import { epochTicks } from '../../../parts/curves/smooth.ts';
import { plural, significant } from '../../../parts/format.ts';
import { valueAt, type Draft } from './draft.ts';
import { ratesOver } from './schedule-curve.ts';
import curves from '../../../parts/curves/curves.module.css';
import classes from './start.module.css';

const HEIGHT = 150;
const TICK = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' };

/** What the learning rate will be over the epochs; nothing while a setting it depends on is wrong. */
export function ScheduleChart({ draft }: { draft: Draft }) {
  const training = valueAt(draft, 'training');
  const recipe = useMemo(() => RecipeSpec.safeParse(training).data ?? null, [training]);
  const points = useMemo(() => recipe && ratesOver(recipe), [recipe]);
  const highest = Math.max(0, ...(points ?? []).map(({ rate }) => rate));
  return (
    <figure className={curves.figure}>
      <figcaption className={curves.caption}>
        Learning rate{' '}
        <span className={curves.unit}>by epochs done{recipe?.schedule.kind === 'plateau' && UNLUCKY}</span>
      </figcaption>
      {recipe && points ? (
        <div
          role="img"
          aria-label={`Learning rate over ${plural(recipe.epochs, 'epoch')}: ${significant(recipe.learningRate)} ${describeSchedule(recipe.schedule, recipe.warmup)}`}
        >
          <LineChart
            responsive
            accessibilityLayer={false}
            style={{ width: '100%', height: HEIGHT }}
            data={points}
            margin={{ top: 6, right: 14, bottom: 0, left: 0 }}
          >
            <CartesianGrid stroke="var(--hark-edge)" vertical={false} />
            <XAxis
              dataKey="done"
              type="number"
              domain={[0, recipe.epochs]}
              ticks={[0, ...epochTicks(recipe.epochs).filter((tick) => tick > 1 || recipe.epochs < 6)]}
              tickLine={false}
              tick={TICK}
              minTickGap={16}
              stroke="var(--hark-edge)"
            />
            <YAxis
              width={56}
              domain={[0, highest]}
              ticks={[0, highest / 2, highest]}
              tickFormatter={(value: number) => significant(value)}
              tickLine={false}
              axisLine={false}
              tick={TICK}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--mantine-color-dimmed)', strokeDasharray: '2 2' }}
              content={({ active, payload, label }) =>
                active && typeof payload[0]?.value === 'number' ? (
                  <div className={curves.reading}>
                    {significant(payload[0].value)} after {significant(Number(label))} epochs
                  </div>
                ) : null
              }
            />
            <Line
              dataKey="rate"
              type="linear"
              stroke="var(--mantine-primary-color-filled)"
              strokeWidth={2}
              dot={false}
              activeDot={{ r: 3 }}
              isAnimationActive={false}
            />
          </LineChart>
        </div>
      ) : (
        <p className={classes.undrawn} style={{ height: HEIGHT }}>
          Drawn as soon as the settings it depends on are right.
        </p>
      )}
    </figure>
  );
}

const UNLUCKY = ', were no loss better than the first';
const RecipeSpec = TrainingSpec.pick({ learningRate: true, epochs: true, schedule: true, warmup: true }).strip();
