import { asHarkError, HarkError, toPlain } from '#shared/domain/errors.ts';
import type { House } from '../open-house.ts';
import { onAsked } from '../shutdown.ts';
import { tellFailure } from '../words.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Options every command takes. */
export interface Globals {
  lab?: string;
  json?: boolean;
}

/** A command was called in a way it cannot be; ends with exit code 2. */
export class UsageError extends Error {
  readonly where: string | undefined;
  constructor(message: string, where?: string) {
    super(message);
    this.name = 'UsageError';
    this.where = where;
  }
}

/** Prints a result: with `--json` one JSON value, else words for people. */
export function print({ json }: Globals, value: unknown, words: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : words()}\n`);
}

/** Opens the lab for one command and closes it however the command ends; Ctrl+C aborts the signal. */
export async function withHouse<T>(
  globals: Globals,
  work: (house: House, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stopListening = onAsked(() => controller.abort());
  try {
    // Loaded here: a wrong option or --help shall not wait for the whole house.
    const [{ nodeHost }, { openHouse }] = await Promise.all([import('../node-host.ts'), import('../open-house.ts')]);
    const house = await openHouse(nodeHost('cli'), globals.lab);
    try {
      return await work(house, controller.signal);
    } finally {
      await house.close();
    }
  } finally {
    stopListening();
  }
}

/** Tells a failure (words on stderr; with `--json` also one JSON value on stdout) and answers the exit code. */
export function fail({ json }: Globals, thrown: unknown): number {
  const isUsage = thrown instanceof UsageError;
  const error = isUsage
    ? new HarkError('bad-input', thrown.message, {
        where: thrown.where,
        remedy: 'See hark --help, or hark COMMAND --help.',
      })
    : asHarkError(thrown);
  tellFailure(error);
  if (json) print({ json }, { error: toPlain(error) }, String);
  if (isUsage) return EXIT.usage;
  return error.kind === 'cancelled' ? EXIT.interrupted : EXIT.failed;
}
