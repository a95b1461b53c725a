import type { Command } from 'commander';
import { type BackendName, BACKENDS } from '#shared/domain/system.ts';
import { oneOf, whole } from './options.ts';

/** What a command computes on, whatever the lab or the environment says. */
export interface EngineOptions {
  backend?: BackendName;
  threads?: number;
}

export const withEngineOptions = (command: Command): Command =>
  command
    .option(
      '--backend <name>',
      `compute on ${BACKENDS.join(', ')} (default: as in Settings)`,
      oneOf('--backend', BACKENDS),
    )
    .option('--threads <n>', 'threads to compute on (default: as in Settings)', whole('--threads', 1, 256));
