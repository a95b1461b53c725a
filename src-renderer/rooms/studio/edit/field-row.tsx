import { NumberInput, Select } from '@mantine/core';
import type { EditField, Values } from './fields.ts';
import classes from './edit.module.css';

interface Props {
  fields: readonly EditField[];
  values: Values;
  errors: Record<string, string>;
  onChange: (values: Values) => void;
}

/** The fields of an operation that matter now, one beside the other; what is wrong stands under each. */
export function FieldRow({ fields, values, errors, onChange }: Props) {
  const shown = fields.filter(({ when }) => when?.(values) ?? true);
  return (
    <div className={classes.fields}>
      {shown.map((field, index) => {
        const set = (value: number | string) => onChange({ ...values, [field.key]: value });
        const first = index === 0 ? { 'data-autofocus': true } : {};
        return field.choices ? (
          <Select
            key={field.key}
            label={field.label}
            data={[...field.choices]}
            value={String(values[field.key])}
            allowDeselect={false}
            w="11rem"
            onChange={(value) => value !== null && set(value)}
            {...first}
          />
        ) : (
          <NumberInput
            key={field.key}
            label={field.unit ? `${field.label} (${field.unit})` : field.label}
            // The bounds are for the arrows; what is typed is kept and checked.
            clampBehavior="none"
            min={field.min}
            max={field.max}
            step={field.step ?? 1}
            allowDecimal={!field.whole}
            value={values[field.key]}
            error={errors[field.key]}
            w="8.5rem"
            onChange={set}
            {...first}
          />
        );
      })}
    </div>
  );
}
