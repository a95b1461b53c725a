import { getDataset } from '#main/lab/datasets.ts';
import type { Store } from '#main/lab/store.ts';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { errorWords, HarkError } from '#shared/domain/errors.ts';
import { type Factor, type FactorId, FACTORS, type LevelValue } from '#shared/domain/factors.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { type SweepPreview, SweepSpec } from '#shared/domain/sweep.ts';
import { defaultSpec, makePlan, previewOf, withSettings, type Plan } from '../plan.ts';

/** One level, worked out. */
export interface PlannedLevel {
  value: LevelValue;
  words: string;
  plan: Plan | null;
  /** Why there is no plan. */
  error: HarkError | null;
}

export interface SweepPlan {
  spec: SweepSpec;
  /** Of the settings that stay. */
  base: Plan;
  levels: PlannedLevel[];
}

/** So that one click takes minutes: an ablation trains up to twenty networks, which by then differ as they will. */
const MOST_EPOCHS = 8;
const LONGEST_NAME = 200;

/** What one click on a factor does: all cells it says something of, one seed, and few epochs, for there are many networks. */
export function defaultSweep(store: Store, dataset: number, id: FactorId): SweepSpec {
  const base = defaultSpec(store, dataset);
  const factor = FACTORS[id];
  const training = { ...base.training, epochs: Math.min(base.training.epochs, MOST_EPOCHS) };
  const spec = { ...base, cells: [...factor.cells], training };
  return SweepSpec.parse({ factor: id, levels: [...factor.levels(spec)], base: spec });
}

/**
 * Works out each level: the base with one setting changed, on the same clips in the same parts.
 * @throws HarkError `not-found` for the dataset, `bad-input` where the base cannot be run on it
 */
export function planSweep(store: Store, spec: SweepSpec): SweepPlan {
  const base = makePlan(store, spec.base);
  const factor = FACTORS[spec.factor];
  const before = new Map<string, string>();
  const levels = spec.levels.map((value): PlannedLevel => {
    const words = factor.words(value);
    try {
      const settings = settingsOf(spec, value);
      const same = before.get(JSON.stringify(settings));
      if (same !== undefined)
        throw wrongLevel(`${words} comes to the same settings as ${same}.`, 'Leave one of them out.');
      before.set(JSON.stringify(settings), words);
      return { value, words, plan: withSettings(base, settings), error: null };
    } catch (error) {
      if (!(error instanceof HarkError)) throw error;
      return { value, words, plan: null, error };
    }
  });
  return { spec: { ...spec, base: base.spec }, base, levels };
}

/**
 * The settings of one level, all else as in the base.
 * @throws HarkError `bad-input` that says which setting cannot be so
 */
export function settingsOf(spec: SweepSpec, value: LevelValue): ComparisonSpec {
  const factor = FACTORS[spec.factor];
  const hindrance = factor.hinders(spec.base);
  if (hindrance !== null) throw wrongLevel(hindrance);
  if (!allows(factor, spec.base, value))
    throw wrongLevel(`${factor.name} cannot be ${JSON.stringify(value)}.`, allowedWords(factor, spec.base));
  const parsed = ComparisonSpec.safeParse(factor.apply(spec.base, value));
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw wrongLevel(
    `${factor.words(value)}: ${path.join('.')} ${message}.`,
    'Change that setting, or leave this level out.',
  );
}

const wrongLevel = (message: string, remedy?: string) =>
  new HarkError('bad-input', message, { where: 'levels', remedy });

function allows({ levels, own, none }: Factor, base: ComparisonSpec, value: LevelValue): boolean {
  if (levels(base).includes(value)) return true;
  if (value === null) return none === true;
  if (typeof value !== 'number' || own === null) return false;
  return value >= own.min && value <= own.max && (!own.whole || Number.isInteger(value));
}

function allowedWords({ levels, own, none }: Factor, base: ComparisonSpec): string {
  if (own === null) return `Choose of ${levels(base).join(', ')}.`;
  return `Give a ${own.whole ? 'whole number' : 'number'} from ${own.min} to ${own.max}${none ? ', or none' : ''}.`;
}

/** What a plan comes to, for people. */
export function previewOfSweep({ spec, base, levels }: SweepPlan): SweepPreview {
  const factor = FACTORS[spec.factor];
  const preview = previewOf(base);
  const runnable = levels.filter(({ plan }) => plan !== null).length;
  const idle = base.spec.cells.filter((cell) => !factor.cells.includes(cell));
  return {
    levels: levels.map(({ value, words, plan, error }) => ({
      ...{ value, words, cells: plan ? previewOf(plan).cells : [] },
      error: error && errorWords(error),
    })),
    runs: runnable * base.spec.cells.length * base.spec.seeds.length,
    testClips: preview.split.test,
    warnings: [
      ...preview.warnings,
      ...idle.map(
        (cell) => `${factor.name} changes nothing of the ${CELL_NAMES[cell]}: it would be trained again and again.`,
      ),
      ...(base.spec.seeds.length === 1 ? ['One seed: another one would give somewhat other figures.'] : []),
    ],
  };
}

/** @throws HarkError `bad-input` where fewer than two levels can be run: there would be nothing to read together */
export function ensureRunnable({ levels }: SweepPlan): void {
  if (levels.filter(({ plan }) => plan !== null).length >= 2) return;
  const { message, remedy } = levels.find(({ error }) => error !== null)!.error!;
  throw new HarkError('bad-input', `Fewer than two levels can be run. ${message}`, {
    where: 'levels',
    remedy: remedy ?? 'Choose other levels, or another setting.',
  });
}

export const sweepName = (store: Store, { name, factor, base }: SweepSpec): string =>
  name ?? `${FACTORS[factor].name} on ${getDataset(store, base.dataset).name}`.slice(0, LONGEST_NAME);

/** What the comparison of a level is called. */
export function levelName(name: string, words: string): string {
  const tail = `: ${words}`;
  return name.slice(0, LONGEST_NAME - tail.length) + tail;
}
