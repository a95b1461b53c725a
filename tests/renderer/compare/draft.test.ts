import { describe, expect, it } from 'vitest';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { defaultFeatureSpec } from '#shared/domain/feature-spec.ts';
import { INITIAL_STATES } from '#shared/domain/model-spec.ts';
import { ScheduleSpec, SCHEDULES } from '#shared/domain/schedule-spec.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import {
  checkDraft,
  sectionOf,
  valueAt,
  withValue,
  type Draft,
} from '../../../src-renderer/rooms/compare/start/draft.ts';
import {
  FEATURE_FIELDS,
  MODEL_FIELDS,
  settingLabel,
  SPLIT_FIELDS,
} from '../../../src-renderer/rooms/compare/start/fields.ts';
import {
  OPTIMISER_FIELDS,
  OPTIMISERS,
  SCHEDULE_FIELDS,
  SCHEDULE_NAMES,
  TRAINING_FIELDS,
} from '../../../src-renderer/rooms/compare/start/training-fields.ts';

const spec = ComparisonSpec.parse({
  dataset: 1,
  split: { by: 'fold' },
  features: defaultFeatureSpec(8000),
  model: {},
  training: {},
});
const draft = spec as unknown as Draft;
const wrong = (path: string, value: unknown) => checkDraft(withValue(draft, path, value)).errors[path];

describe('checkDraft', () => {
  it('takes a right draft as it is', () => {
    expect(checkDraft(draft)).toEqual({ spec, errors: {} });
  });

  it.each([
    ['training.learningRate', 0, 'must be above 0'],
    ['training.learningRate', '', 'must be a number'],
    ['training.epochs', 1.5, 'must be a whole number'],
    ['training.batchSize', 5000, 'must be at most 4096'],
    ['model.dropout', 1, 'must be below 1'],
    ['model.recurrentDropout', 1, 'must be below 1'],
    ['training.optimiser.beta1', 2, 'must be below 1'],
    ['training.clipping.max', -1, 'must be above 0'],
    ['features.nMfcc', 100, 'must not be larger than nMels'],
    ['features.winLength', 4096, 'must not be longer than nFft'],
    ['training.truncation', 0, 'must be at least 1'],
    ['training.warmup.epochs', -1, 'must be at least 0'],
    ['training.warmup.startFactor', 0, 'must be above 0'],
    ['training.schedule.etaMin', '', 'must be a number'],
    ['cells', [], 'choose at least 1'],
    ['seeds', Array.from({ length: 11 }, (_, i) => i), 'choose at most 10'],
    ['split.fold', 6, 'must be at most 5'],
    ['name', ' ', 'must not be empty'],
  ])('says what is wrong with %s = %j at the field', (path, value, words) => {
    expect(wrong(path, value)).toBe(words);
    expect(checkDraft(withValue(draft, path, value)).spec).toBeNull();
  });
});

describe('withValue', () => {
  it('changes one value and shares the rest', () => {
    const changed = withValue(draft, 'training.optimiser.beta1', 0.5);
    expect(valueAt(changed, 'training.optimiser.beta1')).toBe(0.5);
    expect(valueAt(draft, 'training.optimiser.beta1')).toBe(0.9);
    expect(changed['features']).toBe(draft['features']);
  });
});

describe('the tables of fields', () => {
  const tables = { MODEL_FIELDS, TRAINING_FIELDS, SPLIT_FIELDS, FEATURE_FIELDS };

  it.each(Object.entries(tables))('%s names settings that exist', (_name, fields) => {
    for (const { path } of fields) expect(valueAt(spec, path), path).not.toBeUndefined();
  });

  it('leave no setting of model, training, split or features out', () => {
    const known = [MODEL_FIELDS, TRAINING_FIELDS, OPTIMISER_FIELDS, SPLIT_FIELDS, FEATURE_FIELDS].flat().map(({ path }) => path); // prettier-ignore
    // These have controls of their own, one value only, or are worked out (`ownFolds`).
    const own = ['split.by', 'split.speakers', 'split.allowLeaks', 'split.ofDataset', 'features.kind', 'training.optimiser', 'training.schedule', 'training.warmup', 'training.clipping', 'model.architecture']; // prettier-ignore
    for (const part of ['model', 'training', 'split', 'features'] as const)
      for (const key of Object.keys(spec[part]))
        if (key !== 'version') expect([...known, ...own], `${part}.${key}`).toContain(`${part}.${key}`);
  });

  it.each([
    ['training.schedule', 'kind', SCHEDULE_FIELDS, SCHEDULES.map((kind) => ScheduleSpec.parse(kind))],
    [
      'training.optimiser',
      'name',
      OPTIMISER_FIELDS,
      OPTIMISERS.map(({ value }) => OptimiserSpec.parse({ name: value })),
    ],
  ] as const)('%s: the parameters of each kind, and no others', (path, key, fields, specs) => {
    for (const one of specs) {
      const shown = fields.filter((field) => field.when?.(withValue(draft, path, one)) ?? true).map((field) => field.path).filter((shown) => shown.startsWith(path)); // prettier-ignore
      const parameters = Object.keys(one).filter((name) => name !== key);
      expect(shown.sort()).toEqual(parameters.map((name) => `${path}.${name}`).sort());
    }
  });

  it('schedules can all be chosen, and what they differ in has a name', () => {
    expect(SCHEDULE_NAMES.map(({ value }) => value).sort()).toEqual([...SCHEDULES].sort());
    for (const { path } of [...SCHEDULE_FIELDS, ...TRAINING_FIELDS]) expect(settingLabel(path), path).not.toBe('');
  });

  it('the warm-up’s start is asked for where there is one', () => {
    const start = SCHEDULE_FIELDS.find(({ path }) => path === 'training.warmup.startFactor')!;
    expect(start.when!(draft)).toBe(false);
    expect(start.when!(withValue(draft, 'training.warmup.epochs', 0.5))).toBe(true);
  });

  it('residual layers are asked for where there are two', () => {
    const residual = MODEL_FIELDS.find(({ path }) => path === 'model.residual')!;
    expect(residual.when!(draft)).toBe(false);
    expect(residual.when!(withValue(draft, 'model.numLayers', 2))).toBe(true);
  });

  it('a choice holds what its setting can be, and no more', () => {
    for (const { path, choices = [] } of MODEL_FIELDS.filter(({ kind }) => kind === 'choice')) {
      for (const { value } of choices) expect(wrong(path, value), `${path} ${value}`).toBeUndefined();
      expect(wrong(path, 'anything else'), path).toBeDefined();
    }
    const states = MODEL_FIELDS.find(({ path }) => path === 'model.initialState')!.choices!;
    expect(states.map(({ value }) => value)).toEqual([...INITIAL_STATES]);
  });

  it('show what matters for what is chosen elsewhere', () => {
    const shown = (kind: string) =>
      FEATURE_FIELDS.filter((field) => field.when?.(withValue(draft, 'features.kind', kind)) ?? true).map(({ path }) => path.split('.')[1]); // prettier-ignore
    expect(shown('spectrogram')).not.toContain('nMels');
    expect(shown('logmel')).toContain('logOffset');
    expect(shown('logmel')).not.toContain('nMfcc');
    expect(shown('mfcc')).toContain('nMfcc');
  });

  it('every field stands in a section that unfolds', () => {
    const sections = new Set(['networks', 'training', 'split', 'features']);
    for (const path of [
      'cells',
      'seeds.2',
      'match',
      'model.hiddenSize',
      'training.epochs',
      'split.by',
      'features.nFft',
    ])
      expect(sections).toContain(sectionOf(path));
  });
});
