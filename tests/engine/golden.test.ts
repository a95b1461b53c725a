import { afterAll, expect, it } from 'vitest';
import { describeShared } from '../support/shared.ts';
import { backendsHere, describeBackends } from './backends-here.ts';
import { outcomeOf } from './golden/case.ts';
import { goldenCases, goldenTable, lackingOperations, type Outcomes } from './golden/table.ts';

const outcomes: Outcomes = {};

describeShared('PyTorch’s reference values', () => {
  describeBackends('hold', (backend) => {
    const own = (outcomes[backend] = new Map());

    it.each(goldenCases.map((item) => [item.group, item.title, item] as const))('%s: %s', (_, __, item) => {
      const outcome = outcomeOf(item);
      own.set(item, outcome);
      // Only what tfjs' other backends do not have may be lacking.
      const allowed = backend === 'native' ? ['passes'] : ['passes', 'lacks'];
      expect(allowed, 'reason' in outcome ? outcome.reason : outcome.state).toContain(outcome.state);
    });
  });

  afterAll(() => console.log(`${goldenTable(outcomes)}\n\n${lackingOperations(backendsHere)}`));
});
