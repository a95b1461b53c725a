import type { HarkError } from '#shared/domain/errors.ts';

/** A failure for a terminal: what happened, where, what to do. */
export function describeFailure({ message, where, remedy }: HarkError): string {
  return [message, where && `  in: ${where}`, remedy && `  ${remedy}`].filter(Boolean).join('\n');
}

export function tellFailure(error: HarkError): void {
  console.error(describeFailure(error));
  if (error.kind === 'internal' && process.env['HARK_DEBUG']) console.error(error.cause ?? error);
}
