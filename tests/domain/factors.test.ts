import { describe, expect, it } from 'vitest';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { FACTOR_IDS, FACTORS, type FactorId } from '#shared/domain/factors.ts';
import { SweepSpec } from '#shared/domain/sweep.ts';

/** What is left out takes its default; at 8 kHz, as FSDD is. */
const base = ComparisonSpec.parse({
  ...{ dataset: 1, cells: ['dnn', 'lstm'], split: { by: 'random' }, model: {}, training: {} },
  features: { kind: 'mfcc', sampleRate: 8000, nFft: 256, hopLength: 80 },
});

/** The paths at which two values differ: `model.hiddenSize`. */
function differences(one: unknown, other: unknown, path = ''): string[] {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return Object.is(one, other) ? [] : [path];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) =>
    differences(
      (one as Record<string, unknown>)[key],
      (other as Record<string, unknown>)[key],
      path ? `${path}.${key}` : key,
    ),
  );
}

/** All that a factor may change; what a shorter or longer frame needs beside itself is part of it. */
const CHANGES: Record<FactorId, string[]> = {
  hiddenSize: ['model.hiddenSize'],
  numLayers: ['model.numLayers'],
  bidirectional: ['model.bidirectional'],
  memory: ['match'],
  context: ['model.context'],
  fixLength: ['features.fixLength'],
  kind: ['features.kind'],
  nMfcc: ['features.nMfcc', 'features.nMels'],
  winLength: ['features.winLength', 'features.nFft'],
  hopLength: ['features.hopLength'],
  truncation: ['training.truncation'],
  clipping: ['training.clipping.kind', 'training.clipping.max'],
};

describe.each(FACTOR_IDS)('%s', (id) => {
  const factor = FACTORS[id];
  const levels = factor.levels(base);

  it('changes itself alone, and each level it offers can be run', () => {
    const changed = new Set<string>();
    for (const level of levels) {
      const applied = factor.apply(base, level);
      expect(ComparisonSpec.parse(applied)).toEqual(applied);
      for (const path of differences(base, applied)) changed.add(path);
    }
    expect(CHANGES[id]).toEqual(expect.arrayContaining([...changed]));
    expect(changed.size).toBeGreaterThan(0);
    // The base itself is left as it was.
    expect(base.model.hiddenSize).toBe(128);
  });

  it('offers different settings under different names, in an ablation that may be asked for', () => {
    const settings = levels.map((level) => JSON.stringify(factor.apply(base, level)));
    expect(new Set(settings).size).toBe(levels.length);
    expect(new Set(levels.map((level) => factor.words(level))).size).toBe(levels.length);
    expect(levels.every((level) => !/null|undefined|NaN/.test(factor.words(level)))).toBe(true);
    expect(SweepSpec.parse({ factor: id, levels: [...levels], base }).levels).toEqual([...levels]);
  });
});

describe('single factors', () => {
  it('a frame is given in milliseconds, its hop stays, and the FFT is long enough', () => {
    const { features } = FACTORS.winLength.apply(base, 64);
    expect(features).toMatchObject({ winLength: 512, nFft: 512, hopLength: 80 });
    expect(FACTORS.winLength.apply(base, 10).features).toMatchObject({ winLength: 80, nFft: 256 });
    expect(FACTORS.hopLength.apply(base, 20).features.hopLength).toBe(160);
  });

  it('more coefficients than mel bands bring their bands', () => {
    expect(FACTORS.nMfcc.apply(base, 100).features).toMatchObject({ nMfcc: 100, nMels: 100 });
    expect(FACTORS.nMfcc.levels(base)).toEqual([5, 10, 13, 20, 40, 64]);
  });

  it('what hinders one is said', () => {
    const free = { ...base, features: { ...base.features, sampleRate: null, kind: 'logmel' as const } };
    expect(FACTORS.winLength.hinders(free)).toContain('choose one rate first');
    expect(FACTORS.hopLength.hinders(free)).toContain('choose one rate first');
    expect(FACTORS.nMfcc.hinders(free)).toContain('no MFCC');
    expect(FACTOR_IDS.filter((id) => FACTORS[id].hinders(base) !== null)).toEqual([]);
  });

  it('none of it has a name of its own, where there is such a level', () => {
    const none = FACTOR_IDS.filter((id) => FACTORS[id].none);
    expect(none.map((id) => FACTORS[id].words(null))).toEqual(['Whole clips', 'Whole clips', 'Not clipped']);
    for (const id of none) ComparisonSpec.parse(FACTORS[id].apply(base, null));
  });
});
