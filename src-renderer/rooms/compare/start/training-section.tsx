import { Select, Stack } from '@mantine/core';
import { ScheduleSpec } from '#shared/domain/schedule-spec.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { valueAt } from './draft.ts';
import { FieldInput, FieldLabel, Fields, type FormProps } from './field-input.tsx';
import { ScheduleChart } from './schedule-chart.tsx';
import {
  CLIPPINGS,
  OPTIMISER_FIELDS,
  OPTIMISERS,
  SCHEDULE_FIELDS,
  SCHEDULE_NAMES,
  TRAINING_FIELDS,
} from './training-fields.ts';
import classes from './start.module.css';

/** How they are trained: epochs, batches, the learning rate over time, optimiser, clipping. */
export function TrainingSection(form: FormProps) {
  const { draft, errors, onChange } = form;
  const clipping = valueAt(draft, 'training.clipping') as { kind: string; max?: number };
  return (
    <Stack gap="md">
      <Fields {...form} fields={TRAINING_FIELDS} />
      <div className={classes.schedule}>
        <div className={classes.fields}>
          <Select
            label={<FieldLabel label="Schedule" path="training.schedule" />}
            description="of the learning rate, as in PyTorch"
            allowDeselect={false}
            data={[...SCHEDULE_NAMES]}
            value={String(valueAt(draft, 'training.schedule.kind'))}
            onChange={(kind) => onChange('training.schedule', ScheduleSpec.parse({ kind }))}
          />
          {SCHEDULE_FIELDS.filter((field) => field.when?.(draft) ?? true).map((field) => (
            <FieldInput key={field.path} field={field} {...form} />
          ))}
        </div>
        <ScheduleChart draft={draft} />
      </div>
      <div className={classes.fields}>
        <Select
          label={<FieldLabel label="Optimiser" path="training.optimiser" />}
          description="as in PyTorch"
          allowDeselect={false}
          data={[...OPTIMISERS]}
          value={String(valueAt(draft, 'training.optimiser.name'))}
          onChange={(name) => onChange('training.optimiser', OptimiserSpec.parse({ name }))}
        />
        {OPTIMISER_FIELDS.filter((field) => field.when?.(draft) ?? true).map((field) => (
          <FieldInput key={field.path} field={{ ...field, help: field.help ?? 'of the optimiser' }} {...form} />
        ))}
      </div>
      <div className={classes.fields}>
        <Select
          label={<FieldLabel label="Gradient clipping" path="training.clipping" />}
          allowDeselect={false}
          data={[...CLIPPINGS]}
          value={clipping.kind}
          onChange={(kind) =>
            onChange('training.clipping', kind === 'none' ? { kind } : { kind, max: clipping.max ?? 1 })
          }
        />
        {clipping.kind !== 'none' && (
          <FieldInput
            field={{ path: 'training.clipping.max', label: 'At most', kind: 'number', min: 0, step: 0.5 }}
            draft={draft}
            errors={errors}
            onChange={onChange}
          />
        )}
      </div>
    </Stack>
  );
}
