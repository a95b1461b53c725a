import { homedir } from 'node:os';
import path from 'node:path';
import type { Host } from '#main/lab/host.ts';
import { openLab } from '#main/lab/lab.ts';
import { type BulkRoutes, createBulk } from '#main/router/bulk.ts';
import { createRouter, type HarkRouter } from '#main/router/router.ts';
import { createServices, type Services } from '#main/router/services.ts';

/** An open lab with everything that answers for it. */
export interface House {
  services: Services;
  router: HarkRouter;
  bulk: BulkRoutes;
  /** Tells trainers and jobs to end, waits for them, and lets go of the lab. */
  close(): Promise<void>;
}

/** `--lab DIR`, else $HARK_LAB, else `Hark` in the home folder. */
export function labFolder(given: string | undefined): string {
  return path.resolve(given || process.env['HARK_LAB'] || path.join(homedir(), 'Hark'));
}

/** Opens the lab and its services for one host. @throws HarkError as `openLab` */
export async function openHouse(host: Host, given: string | undefined): Promise<House> {
  const lab = await openLab(labFolder(given), host.name);
  const services = createServices(lab, host);
  return {
    services,
    router: createRouter(services),
    bulk: createBulk(services),
    async close() {
      await services.close();
      lab.close();
    },
  };
}
