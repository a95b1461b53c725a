import type { ComparisonRow } from '#main/lab/comparisons.ts';
import type { SettingDifference } from '#shared/domain/comparison.ts';

/** The settings in which comparisons differ, one value a comparison in their order; null where one has no such setting. */
export function diffOf(rows: ComparisonRow[]): SettingDifference[] {
  // The dataset by its name, not its number; the comparison's own name is no setting.
  const flat = rows.map(({ spec, datasetName, backend }) =>
    flatten({ ...spec, name: undefined, dataset: datasetName, backend }),
  );
  const settings = [...new Set(flat.flatMap((values) => [...values.keys()]))];
  return settings
    .map((setting) => ({ setting, values: flat.map((values) => values.get(setting) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
}

/** `{ a: { b: 1 } }` -> `a.b`: "1"; lists as one value. */
function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const [key, inner] of Object.entries(value)) flatten(inner, path ? `${path}.${key}` : key, into);
  else if (value !== undefined) into.set(path, Array.isArray(value) ? value.join(', ') : String(value));
  return into;
}
