import { foundation } from './001-foundation.ts';
import { studio } from './002-studio.ts';
import { sweeps } from './003-sweeps.ts';

/** In order; the store's `user_version` says how many it has had. Never edit one that has shipped: add another. */
export const migrations: readonly string[] = [foundation, studio, sweeps];
