import { HarkError } from '#shared/domain/errors.ts';
import type { EngineOverride, EngineSettings } from '#shared/domain/system.ts';
import { BACKENDS, type BackendName, type BackendOptions } from './types.ts';

/** Variables of the environment that choose the engine. */
const VARIABLES = ['HARK_BACKEND', 'HARK_THREADS'] as const;

/** @throws HarkError `bad-input` where HARK_BACKEND names none */
export function backendOfEnvironment(): BackendName | undefined {
  const name = process.env['HARK_BACKEND'];
  if (!name) return undefined;
  if (!BACKENDS.includes(name as BackendName))
    throw new HarkError('bad-input', `There is no backend "${name}".`, {
      where: 'HARK_BACKEND',
      remedy: `Choose one of ${BACKENDS.join(', ')}.`,
    });
  return name as BackendName;
}

/** NaN where HARK_THREADS is no number; `startBackend` refuses it. */
export function threadsOfEnvironment(): number | undefined {
  const text = process.env['HARK_THREADS'];
  return text ? Number(text) : undefined;
}

/** The variables that are set: they stand above what a lab has chosen. */
export function overridesOfEnvironment(): EngineOverride[] {
  return VARIABLES.flatMap((variable) => {
    const value = process.env[variable];
    return value ? [{ variable, value }] : [];
  });
}

/** What `startBackend` is given for a lab's choice: what the environment says, else the choice. */
export function underEnvironment({ backend, threads }: EngineSettings): BackendOptions {
  return {
    prefer: backendOfEnvironment() ?? backend ?? undefined,
    threads: threadsOfEnvironment() ?? threads ?? undefined,
  };
}
