import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { describeShared } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';
import { errorsOf, recurrentCases, title } from './golden-recurrent.ts';

describe.each(backendsHere)('the recurrent layer on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  describeShared('gives PyTorch’s values', () => {
    it.each(recurrentCases.cases.map((item) => [title(item), item] as const))('%s', (_, item) => {
      for (const [name, error] of Object.entries(errorsOf(item))) expect(error, name).toBeLessThan(1e-4);
    });
  });
});
