import { ORPCError } from '@orpc/client';
import { FailureData } from '#shared/contract/base.ts';
import { asHarkError, HarkError } from '#shared/domain/errors.ts';

/** The call never reached the lab, or its answer was cut off; asking again is safe for anything that only reads. */
export class ConnectionLost extends HarkError {
  constructor() {
    super('unavailable', 'The connection to the lab was lost.', {
      remedy: 'Hark reconnects by itself. If it does not, see whether the lab is still running.',
    });
  }
}

/** Whatever a call threw, as the one error the window shows. */
export function fromWire(thrown: unknown): HarkError {
  if (!(thrown instanceof ORPCError)) return asHarkError(thrown);
  const told = FailureData.safeParse(thrown.data);
  if (thrown.code === 'HARK' && told.success)
    return new HarkError(told.data.kind, thrown.message, {
      where: told.data.where ?? undefined,
      remedy: told.data.remedy ?? undefined,
      cause: thrown,
    });
  if (thrown.code === 'BAD_REQUEST') return new HarkError('bad-input', describeIssues(thrown), { cause: thrown });
  return new HarkError('internal', thrown.message, { cause: thrown });
}

/** A refused input in words: the first field that is wrong and why. */
function describeIssues(error: ORPCError<string, unknown>): string {
  const issues = (error.data as { issues?: { path?: (string | number)[]; message: string }[] } | undefined)?.issues;
  const first = issues?.[0];
  return first ? `${first.path?.join('.') || 'The input'}: ${first.message}` : error.message;
}
