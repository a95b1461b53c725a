import { expect, test } from 'vitest';
import { resample } from '#main/audio/resample.ts';
import { extractAll } from '#main/features/extract.ts';
import { planPlain } from '#main/features/plain.ts';
import { featureCases, partOfTolerance, specOf } from '../support/golden-features.ts';
import { describeShared } from '../support/shared.ts';

describeShared('features agree with torchaudio', () => {
  const { cases, tensor } = featureCases;
  test('there are cases', () => expect(cases.length).toBeGreaterThan(60));

  for (const [index, one] of cases.entries())
    test(`${index} ${one.kind} ${one.source} ${JSON.stringify(one.params)}`, () => {
      const samples = tensor(one.waveform);
      if (one.kind === 'resample') {
        const expected = tensor(one.output);
        const actual = resample(samples, one.params['orig_freq'] as number, one.params['new_freq'] as number);
        expect(actual.length).toBe(expected.length);
        const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
        expect(worst).toBeLessThan(1e-4);
        return;
      }
      const spec = specOf(one);
      expect(partOfTolerance(one, extractAll([samples], one.sampleRate, spec))).toBeLessThan(1);
      expect(partOfTolerance(one, planPlain(spec, one.sampleRate)([samples])), 'plain').toBeLessThan(1);
    });
});
