import { NumberInput, Select, Switch } from '@mantine/core';
import { valueAt, type Draft, type FieldErrors } from './draft.ts';
import type { Field } from './field.ts';
import classes from './start.module.css';

export interface FormProps {
  draft: Draft;
  errors: FieldErrors;
  /** Sets the value at a path. */
  onChange: (path: string, value: unknown) => void;
}

/** A setting's name in words, and as it is called in specs and on the command line. */
export function FieldLabel({ label, path }: { label: string; path: string }) {
  return (
    <>
      {label} <code className={classes.code}>{path.split('.').at(-1)}</code>
    </>
  );
}

/** One row of a settings table as an input; what is wrong stands under it. */
export function FieldInput({ field, draft, errors, onChange }: FormProps & { field: Field }) {
  const value = valueAt(draft, field.path);
  const label = <FieldLabel label={field.label} path={field.path} />;
  const shared = { label, description: field.help, error: errors[field.path] };
  if (field.kind === 'switch')
    return (
      <Switch
        {...shared}
        size="xs"
        className={classes.switch}
        checked={value === true}
        onChange={(event) => onChange(field.path, event.currentTarget.checked)}
      />
    );
  if (field.kind === 'choice')
    return (
      <Select
        {...shared}
        allowDeselect={false}
        data={[...(field.choices ?? [])]}
        value={String(value ?? '')}
        onChange={(chosen) =>
          onChange(field.path, chosen === '' ? null : typeof value === 'number' ? Number(chosen) : chosen)
        }
      />
    );
  return (
    <NumberInput
      {...shared}
      // The bounds are for the arrows; what is typed is kept and checked.
      clampBehavior="none"
      min={field.min}
      max={field.max}
      step={field.step ?? 1}
      allowDecimal={field.kind === 'number'}
      placeholder={field.empty}
      value={(value ?? '') as number | string}
      onChange={(typed) => onChange(field.path, typed === '' && field.empty !== undefined ? null : typed)}
    />
  );
}

/** The fields of a table that matter now. */
export function Fields({ fields, ...form }: FormProps & { fields: readonly Field[] }) {
  return (
    <div className={classes.fields}>
      {fields
        .filter((field) => field.when?.(form.draft) ?? true)
        .map((field) => (
          <FieldInput key={field.path} field={field} {...form} />
        ))}
    </div>
  );
}
