import { beforeAll, describe } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { BACKENDS, type BackendName } from '#main/engine/types.ts';

/**
 * The backends this machine has, or of them HARK_BACKEND alone; a missing one is said, and on CI a missing native one is a failure.
 */
export const backendsHere: BackendName[] = [];

const wanted = process.env['HARK_BACKEND'];
for (const backend of BACKENDS.filter((name) => !wanted || name === wanted)) {
  try {
    await startBackend({ prefer: backend });
    backendsHere.push(backend);
  } catch (error) {
    if (backend === 'native' && process.env['CI']) throw error;
    console.warn(`${(error as Error).message} Its tests are skipped.`);
  }
}

/** `describe` once for each backend this machine has, which is in use while its tests run: "TITLE on native". */
export function describeBackends(title: string, body: (backend: BackendName) => void): void {
  describe.each(backendsHere)(`${title} on %s`, (backend) => {
    beforeAll(async () => {
      await startBackend({ prefer: backend });
    });
    body(backend);
  });
}
