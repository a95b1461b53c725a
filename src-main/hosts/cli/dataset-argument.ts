import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Services } from '#main/router/services.ts';
import { findDataset } from './options.ts';
import { follow } from './progress.ts';

/** What a command says of it. */
export const DATASET = 'its number, its name, or a folder to import (default: the built-in sample)';

/** The dataset named; a folder is imported first, nothing at all means the sample. */
export async function datasetOf(services: Services, name: string | undefined, signal: AbortSignal): Promise<number> {
  if (name === undefined) {
    const sample = services.sampleDataset();
    return sample ?? (await follow(services.jobs, services.renderSample(), signal)).dataset;
  }
  if (!/^\d+$/.test(name) && existsSync(name)) {
    const job = services.importFolder({ path: path.resolve(name), layout: null, name: null });
    return (await follow(services.jobs, job, signal)).dataset;
  }
  return findDataset(services.lab.store, name).id;
}
