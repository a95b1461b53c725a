import { describe, expect, test } from 'vitest';
import { entryKey, featureKey } from '#main/features/key.ts';
import { FeatureSpec, type FeatureSpecInput } from '#shared/domain/feature-spec.ts';

const key = (input: FeatureSpecInput) => featureKey(FeatureSpec.parse(input));

describe('featureKey', () => {
  test.each<[FeatureSpecInput, Partial<FeatureSpecInput>]>([
    [{ kind: 'spectrogram' }, { nMels: 80, fMax: 3000, nMfcc: 20, logOffset: 1, norm: 'slaney' }],
    [{ kind: 'mel' }, { nMfcc: 20, logMels: true, logOffset: 1 }],
    [{ kind: 'logmel' }, { nMfcc: 20, logMels: true }],
    [{ kind: 'mfcc' }, { logOffset: 1 }],
    [
      { kind: 'mel', winLength: 512, hopLength: 256 },
      { winLength: null, hopLength: null },
    ],
  ])('%o does not depend on %o', (spec, change) => {
    expect(key({ ...spec, ...change } as FeatureSpecInput)).toBe(key(spec));
  });
  test('every field that has a say changes it', () => {
    const base = { kind: 'mfcc', logMels: true } as const;
    const changes: Partial<FeatureSpecInput>[] = [
      { kind: 'logmel' },
      { sampleRate: 8000 },
      { nFft: 1024, winLength: 512, hopLength: 256 },
      { winLength: 400, hopLength: 256 },
      { hopLength: 100 },
      { power: 1 },
      { center: false },
      { nMels: 80 },
      { fMin: 20 },
      { fMax: 4000 },
      { melScale: 'slaney' },
      { norm: 'slaney' },
      { logOffset: 1e-3 },
      { nMfcc: 13 },
      { logMels: false },
      { deltas: 1 },
      { fixLength: 100 },
    ];
    const keys = [key(base), ...changes.map((change) => key({ ...base, ...change } as FeatureSpecInput))];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('entryKey tells content, span and edits apart', () => {
  const sound = { contentHash: 'ab', start: null, end: null };
  const keys = [
    entryKey('f', sound),
    entryKey('g', sound),
    entryKey('f', { ...sound, contentHash: 'cd' }),
    entryKey('f', { ...sound, start: 1 }),
    entryKey('f', { ...sound, end: 1 }),
    entryKey('f', { ...sound, edits: [{ op: 'mono' }] }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys[0]).toMatch(/^[0-9a-f]{40}$/);
  expect(entryKey('f', { ...sound, start: 0, edits: [] })).toBe(keys[0]);
});
