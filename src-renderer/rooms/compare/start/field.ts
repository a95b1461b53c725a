import { valueAt, type Draft } from './draft.ts';

/** A field of the settings form; the forms are these tables drawn. */
export interface Field {
  path: string;
  label: string;
  /** What it is in a line, with the unit. */
  help?: string;
  kind: 'whole' | 'number' | 'switch' | 'choice';
  /** For `choice`; a null value stands as `''`. */
  choices?: readonly { value: string; label: string }[];
  min?: number;
  max?: number;
  step?: number;
  /** A number that may be left empty: null then, and what null means. */
  empty?: string;
  /** Whether the field matters for what is chosen elsewhere. */
  when?: (draft: Draft) => boolean;
}

/** Whether a setting has one of these values. */
export const is =
  (path: string, ...values: unknown[]) =>
  (draft: Draft): boolean =>
    values.includes(valueAt(draft, path));
