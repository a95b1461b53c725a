import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { composedLayer } from '#main/engine/composed.ts';
import { describeShared } from '../support/shared.ts';
import { errorsOf, recurrentCases, title } from './golden-recurrent.ts';

describeShared('the composed recurrent layer gives PyTorch’s values', () => {
  beforeAll(async () => {
    await startBackend({ prefer: 'cpu' });
  });

  it.each(recurrentCases.cases.map((item) => [title(item), item] as const))('%s', (_, item) => {
    for (const [name, error] of Object.entries(errorsOf(item, composedLayer))) expect(error, name).toBeLessThan(1e-4);
  });
});
