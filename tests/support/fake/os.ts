import { implement, ORPCError } from '@orpc/server';
import { contract } from '#shared/contract/index.ts';
import { asHarkError } from '#shared/domain/errors.ts';
import type { FakeState } from './state.ts';

/** The contract, to be answered; calls told to fail do, and errors travel as the real router sends them. */
export function implementer(state: FakeState) {
  return implement(contract).use(async ({ path, next }) => {
    const failure = state.failureOf(path.join('.'));
    try {
      if (failure) throw failure;
      return await next();
    } catch (thrown) {
      if (thrown instanceof ORPCError) throw thrown;
      const { kind, message, where, remedy } = asHarkError(thrown);
      const data = { kind, where: where ?? null, remedy: remedy ?? null };
      throw new ORPCError('HARK', { defined: true, message, data });
    }
  });
}
export type Os = ReturnType<typeof implementer>;
