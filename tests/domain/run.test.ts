import { expect, test } from 'vitest';
import { EpochRecord } from '#shared/domain/run.ts';

test('an epoch stored before norms after clipping were kept is read without them', () => {
  const stored = { epoch: 3, trainLoss: 1, trainAccuracy: 0.5, validationLoss: null, validationAccuracy: null, learningRate: 0.002, gradientNorm: 2, clippedShare: 0.4, seconds: 1, clipsPerSecond: 100 }; // prettier-ignore
  expect(EpochRecord.parse(stored)).toEqual({ ...stored, gradientNorms: null });
  const norms = { p10: 1, p90: 3, max: 4, after: 1 };
  expect(EpochRecord.parse({ ...stored, gradientNorms: norms }).gradientNorms).toEqual(norms);
});
