import type { Place } from './place.ts';

export type Value = number | string;
/** What the form of an operation holds, by field; what is typed and no number yet is a word. */
export type Values = Record<string, Value>;

/** One value of an operation's form; the forms are these tables drawn. */
export interface EditField {
  key: string;
  label: string;
  /** Written behind the number. */
  unit?: string;
  /** For a choice among words. */
  choices?: readonly { value: string; label: string }[];
  min?: number;
  max?: number;
  step?: number;
  whole?: boolean;
  initial: Value | ((place: Place) => Value);
  /** Whether what was set last is not what is wanted next: the duration of what is chosen now. */
  fresh?: boolean;
  /** Whether it depends on the one clip at hand, and is no matter for many. */
  alone?: boolean;
  /** Whether the field matters for what else is set. */
  when?: (values: Values) => boolean;
}

export const number = (
  key: string,
  label: string,
  unit: string,
  range: Pick<EditField, 'min' | 'max' | 'step' | 'whole' | 'fresh' | 'alone'>,
  initial: EditField['initial'],
  when?: EditField['when'],
): EditField => ({ key, label, unit, ...range, initial, when });

export const choice = (
  key: string,
  label: string,
  words: Readonly<Record<string, string>>,
  initial: string,
  more: Pick<EditField, 'alone'> = {},
): EditField => ({
  ...{ key, label, initial, ...more },
  choices: Object.entries(words).map(([value, name]) => ({ value, label: name })),
});

/** What a form begins with: what was set last, else what the fields say. */
export function initialValues(fields: readonly EditField[], place: Place, last: Values = {}): Values {
  return Object.fromEntries(
    fields.map(({ key, initial, fresh }) => {
      const first = typeof initial === 'function' ? initial(place) : initial;
      return [key, fresh ? first : (last[key] ?? first)];
    }),
  );
}

/** What is wrong with a form's values, by field; empty when nothing is. */
export function fieldErrors(fields: readonly EditField[], values: Values): Record<string, string> {
  const wrong = fields.flatMap(({ key, min, max, whole, unit, choices, when }): [string, string][] => {
    if (choices || when?.(values) === false) return [];
    const value = values[key];
    if (typeof value !== 'number' || !Number.isFinite(value)) return [[key, 'A number is needed.']];
    if (whole && !Number.isInteger(value)) return [[key, 'A whole number is needed.']];
    if (value < (min ?? -Infinity) || value > (max ?? Infinity))
      return [[key, `Between ${words(min)} and ${words(max)}${unit ? ` ${unit}` : ''}.`]];
    return [];
  });
  return Object.fromEntries(wrong);
}

const words = (bound: number | undefined): string => (bound === undefined ? 'any' : String(bound).replace('-', '−'));
