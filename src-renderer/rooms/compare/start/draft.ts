import { ComparisonSpec } from '#shared/domain/comparison.ts';

/** What stands in the form: a spec, parts of which may be wrong for the moment (an empty number is ''). */
export type Draft = Record<string, unknown>;
/** What is wrong, by the field's path: `training.learningRate`. */
export type FieldErrors = Readonly<Record<string, string>>;

/** The value at `training.optimiser.beta1`. */
export function valueAt(draft: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Draft)[key] : undefined), draft);
}

/** The draft with one value changed; what does not lie on the path is shared with the old one. */
export function withValue(draft: Draft, path: string, value: unknown): Draft {
  const [key, ...rest] = path.split('.');
  if (rest.length === 0) return { ...draft, [key]: value };
  const inner = draft[key];
  return {
    ...draft,
    [key]: withValue((typeof inner === 'object' && inner !== null ? inner : {}) as Draft, rest.join('.'), value),
  };
}

interface Issue {
  code: string;
  path: PropertyKey[];
  message: string;
  minimum?: unknown;
  maximum?: unknown;
  inclusive?: boolean;
  expected?: unknown;
  origin?: unknown;
}

/** The schema's complaints in words for the field. */
const WORDS: Record<string, (issue: Issue) => string> = {
  too_small: (issue) =>
    issue.origin === 'array'
      ? `choose at least ${String(issue.minimum)}`
      : issue.origin === 'string'
        ? 'must not be empty'
        : `must be ${issue.inclusive === false ? 'above' : 'at least'} ${String(issue.minimum)}`,
  too_big: (issue) =>
    issue.origin === 'array'
      ? `choose at most ${String(issue.maximum)}`
      : issue.origin === 'string'
        ? `must not be longer than ${String(issue.maximum)} characters`
        : `must be ${issue.inclusive === false ? 'below' : 'at most'} ${String(issue.maximum)}`,
  invalid_type: (issue) => (issue.expected === 'int' ? 'must be a whole number' : 'must be a number'),
};

/** A draft as a spec, or what is wrong with it field by field. */
export function checkDraft(
  draft: Draft,
): { spec: ComparisonSpec; errors: FieldErrors } | { spec: null; errors: FieldErrors } {
  const parsed = ComparisonSpec.safeParse(draft);
  const errors: Record<string, string> = {};
  for (const issue of (parsed.error?.issues ?? []) as Issue[])
    errors[issue.path.map(String).join('.')] ??= (WORDS[issue.code] ?? ((other) => other.message))(issue);
  const split = parsed.data?.split;
  if (split?.by === 'fold' && split.fold > split.folds) errors['split.fold'] = `must be at most ${split.folds}`;
  return parsed.data && Object.keys(errors).length === 0 ? { spec: parsed.data, errors } : { spec: null, errors };
}

/** Which unfolding section a field stands in, so that an error in a closed one is seen. */
export function sectionOf(path: string): string {
  const [first] = path.split('.');
  return first === 'match' || first === 'cells' || first === 'seeds' || first === 'name' || first === 'dataset'
    ? 'networks'
    : first === 'model'
      ? 'networks'
      : first;
}
