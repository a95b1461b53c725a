/**
 * The kinds of failure a person can meet, each with what the window and the command line do about it.
 * - `bad-input`: a value, file or option that was given is wrong; `where` names it.
 * - `unreadable-file`: a file is there but is not what it should be; `where` is its path.
 * - `not-found`: the thing asked for does not exist (any more).
 * - `conflict`: it exists already, or its state does not allow the step.
 * - `lab-busy`: another process has the lab open.
 * - `cancelled`: the user stopped it; never shown as an error.
 * - `unavailable`: this machine cannot do it (no runtime, no compiler, no permission).
 * - `internal`: a fault of Hark's own.
 */
export const ERROR_KINDS = [
  'bad-input',
  'unreadable-file',
  'not-found',
  'conflict',
  'lab-busy',
  'cancelled',
  'unavailable',
  'internal',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

export interface ErrorDetails {
  /** The file or field that is wrong. */
  where?: string;
  /** What the person can do about it, one sentence. */
  remedy?: string;
  cause?: unknown;
}

/** The one error type that crosses rooms: what happened, where, and what to do. */
export class HarkError extends Error {
  readonly kind: ErrorKind;
  readonly where: string | undefined;
  readonly remedy: string | undefined;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'HarkError';
    this.kind = kind;
    this.where = details.where;
    this.remedy = details.remedy;
  }
}

/** Anything thrown, as a HarkError; a stranger becomes `internal` and keeps its message. */
export function asHarkError(thrown: unknown): HarkError {
  if (thrown instanceof HarkError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HarkError('internal', message, { cause: thrown });
}

/** What happened, and what to do. */
export const errorWords = ({ message, remedy }: Pick<HarkError, 'message' | 'remedy'>): string =>
  [message, remedy].filter(Boolean).join(' ');

/** A failure as plain data, for wires that know no classes. */
export interface PlainFailure {
  kind: ErrorKind;
  message: string;
  where: string | null;
  remedy: string | null;
}

export function toPlain(thrown: unknown): PlainFailure {
  const { kind, message, where, remedy } = asHarkError(thrown);
  return { kind, message, where: where ?? null, remedy: remedy ?? null };
}

export function fromPlain({ kind, message, where, remedy }: PlainFailure): HarkError {
  return new HarkError(kind, message, { where: where ?? undefined, remedy: remedy ?? undefined });
}

/** Stops the work in hand if its signal has been aborted. @throws HarkError `cancelled` */
export function throwIfCancelled(signal: { readonly aborted: boolean } | undefined): void {
  if (signal?.aborted) throw new HarkError('cancelled', 'Stopped.');
}
