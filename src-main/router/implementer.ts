import { implement, ORPCError } from '@orpc/server';
import type { FailureData } from '#shared/contract/base.ts';
import { contract } from '#shared/contract/index.ts';
import { asHarkError } from '#shared/domain/errors.ts';

/** A failure as the contract's typed error. What is not of Hark's making (a refused input) passes as it is. */
export function toWire(thrown: unknown): unknown {
  if (thrown instanceof ORPCError) return thrown;
  const { kind, message, where, remedy } = asHarkError(thrown);
  const data: FailureData = { kind, where: where ?? null, remedy: remedy ?? null };
  return new ORPCError('HARK', { defined: true, status: 500, message, data, cause: thrown });
}

/** Builds the handlers; all of them answer failures in the contract's words. */
export const os = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (thrown) {
    throw toWire(thrown);
  }
});

/** The same for what fails while a stream is being read. */
export async function* told<T>(values: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* values;
  } catch (thrown) {
    throw toWire(thrown);
  }
}
