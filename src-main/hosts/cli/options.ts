import { existsSync, realpathSync } from 'node:fs';
import type { z } from 'zod';
import { HarkError } from '#shared/domain/errors.ts';
import { type Cell, CELLS } from '#shared/domain/model-spec.ts';
import { type SplitSpecInput } from '#shared/domain/split.ts';
import { type DatasetRow, datasetByRoot, datasetRow, datasetsByName } from '#main/lab/datasets.ts';
import type { Store } from '#main/lab/store.ts';
import { UsageError } from './run.ts';

/** Reads one option's text. @throws UsageError */
export const whole =
  (name: string, least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
      throw new UsageError(
        `${name} takes a whole number ${most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`}, not "${text}".`,
        name,
      );
    return value;
  };

export const decimal =
  (name: string, isRight: (value: number) => boolean, words: string) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || !isRight(value))
      throw new UsageError(`${name} takes ${words}, not "${text}".`, name);
    return value;
  };

/** A list of values with commas between. */
export const list =
  <T>(name: string, read: (item: string) => T) =>
  (text: string): T[] => {
    const items = text.split(',').map((item) => item.trim());
    if (items.some((item) => item === ''))
      throw new UsageError(`${name} takes values with commas between, not "${text}".`, name);
    return [...new Set(items.map(read))];
  };

export const oneOf =
  <const T extends readonly string[]>(name: string, choices: T) =>
  (text: string): T[number] => {
    if (!choices.includes(text)) throw new UsageError(`${name} takes ${choices.join(', ')}; not "${text}".`, name);
    return text;
  };

export const cells: (text: string) => Cell[] = list('--cells', oneOf('--cells', CELLS));

/**
 * `official`, `random`, `speaker`, `speaker:NAME` (several with commas), `fold:K/N`.
 * @throws UsageError
 */
export function splitRule(name: string, text: string): Omit<SplitSpecInput, 'seed'> {
  const [by, rest] = [text.split(':', 1)[0], text.includes(':') ? text.slice(text.indexOf(':') + 1) : null];
  const wrong = new UsageError(
    `${name} takes official, random, speaker, speaker:NAME or fold:K/N; not "${text}".`,
    name,
  );
  if (by === 'speaker') return rest === null ? { by } : { by, speakers: list(name, (speaker) => speaker)(rest) };
  if (by === 'fold') {
    const found = /^(\d+)\/(\d+)$/.exec(rest ?? '');
    if (!found) throw wrong;
    const [fold, folds] = [whole(name, 1)(found[1]), whole(name, 2, 100)(found[2])];
    if (fold > folds) throw wrong;
    return { by, fold, folds };
  }
  if ((by !== 'official' && by !== 'random') || rest !== null) throw wrong;
  return { by };
}

/** A JSON object in an option. @throws UsageError */
export function jsonObject(name: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is not JSON: ${(error as Error).message}`, name);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${name} takes a JSON object.`, name);
  return value as Record<string, unknown>;
}

/** Holds a value to a schema. @throws UsageError that names the field */
export function fitting<S extends z.ZodType>(name: string, schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path.join('.');
  const words = issue.code === 'unrecognized_keys' ? 'is not a field of it' : issue.message;
  throw new UsageError(field === '' ? `${name}: ${words}` : `${name}: "${field}" ${words}.`, field || name);
}

/** A choice by its name alone, or with its parameters as a JSON object. @throws UsageError */
export const named =
  <S extends z.ZodType>(name: string, key: string, choose: (text: string) => string, schema: S) =>
  (text: string): z.output<S> =>
    fitting(name, schema, text.trimStart().startsWith('{') ? jsonObject(name, text) : { [key]: choose(text) });

/** A dataset by its number, its name, or the folder it was imported from. @throws HarkError `not-found`, `conflict` */
export function findDataset(store: Store, text: string): DatasetRow {
  if (/^\d+$/.test(text)) return datasetRow(store, Number(text));
  const named = datasetsByName(store, text);
  if (named.length === 1) return named[0];
  if (named.length > 1)
    throw new HarkError('conflict', `${named.length} datasets are called "${text}".`, {
      where: text,
      remedy: `Give its number: ${named.map(({ id }) => id).join(', ')}.`,
    });
  const imported = existsSync(text) ? datasetByRoot(store, realpathSync(text)) : null;
  if (imported) return imported;
  throw new HarkError('not-found', `There is no dataset "${text}" in this lab.`, {
    where: text,
    remedy: 'See the datasets there are with: hark datasets.',
  });
}
