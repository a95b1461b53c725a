import { createRouterClient, type RouterClient } from '@orpc/server';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { currentBackend } from '#main/engine/backend.ts';
import { nodeHost } from '#main/hosts/node-host.ts';
import { type House, openHouse } from '#main/hosts/open-house.ts';
import { readEngineSettings, writeSetting } from '#main/lab/settings.ts';
import type { HarkRouter } from '#main/router/router.ts';
import { BACKENDS } from '#shared/domain/system.ts';
import { backendsHere } from '../engine/backends-here.ts';
import { temporaryFolder } from '../support/lab.ts';

let house: House;
let client: RouterClient<HarkRouter>;
/** Environment of every process that is started. */
let environment: Record<string, string>;

beforeEach(async () => {
  for (const name of ['HARK_BACKEND', 'HARK_THREADS']) vi.stubEnv(name, '');
  environment = {};
  const host = nodeHost('web');
  const startProcess: typeof host.startProcess = (entry, own) => host.startProcess(entry, { ...own, ...environment });
  house = await openHouse({ ...host, startProcess }, path.join(temporaryFolder(), 'lab'));
  client = createRouterClient(house.router);
});
afterEach(async () => {
  await house.close();
  vi.unstubAllEnvs();
});

const kept = () => readEngineSettings(house.services.lab.store);

describe('the engine of a lab', () => {
  test('is the fastest there is, until one is chosen', async () => {
    const { inUse, chosen, overrides, backends } = await client.lab.engine({});
    expect(inUse.name).toBe(backendsHere[0]);
    expect(chosen).toEqual({ backend: null, threads: null });
    expect(overrides).toEqual([]);
    expect(backends.map(({ backend }) => backend)).toEqual(BACKENDS);
    for (const { backend, available, reason } of backends) {
      expect(available, backend).toBe(backendsHere.includes(backend));
      expect(reason === null, backend).toBe(available);
    }
  });

  test('is what was chosen: kept with the lab, used here and told to trainings', async () => {
    const view = await client.lab.chooseEngine({ backend: 'wasm', threads: 1 });
    expect(view).toMatchObject({ inUse: { name: 'wasm' }, chosen: { backend: 'wasm', threads: 1 } });
    expect(kept()).toEqual({ backend: 'wasm', threads: 1 });
    expect(currentBackend().name).toBe('wasm');
    expect(await client.lab.doctor()).toMatchObject({ backend: 'wasm' });
  });

  test('is not what cannot be had: the choice is refused with the reason, and the old one stays', async () => {
    await client.lab.chooseEngine({ backend: 'cpu', threads: 2 });
    environment = { HARK_NATIVE_ADDON: 'nowhere.node' };
    await expect(client.lab.chooseEngine({ backend: 'native', threads: null })).rejects.toMatchObject({
      code: 'HARK',
      message: 'The native backend cannot be used: the kernels are not built.',
      data: { kind: 'unavailable' },
    });
    expect(kept()).toEqual({ backend: 'cpu', threads: 2 });
    expect((await client.lab.engine({})).inUse.name).toBe('cpu');
  });

  test('survives a backend that takes its process down', async () => {
    environment = { NODE_OPTIONS: '--import=data:text/javascript,process.kill(process.pid,9)' };
    await expect(client.lab.chooseEngine({ backend: 'wasm', threads: null })).rejects.toMatchObject({
      message: 'The wasm backend cannot be used: its process ended with signal SIGKILL.',
    });
    environment = {};
    const { backends } = await client.lab.engine({ again: true });
    expect(backends.find(({ backend }) => backend === 'wasm')).toMatchObject({ available: true });
  });

  test('is what the environment says, which is shown, while the choice is kept', async () => {
    vi.stubEnv('HARK_BACKEND', 'cpu');
    const view = await client.lab.chooseEngine({ backend: 'wasm', threads: null });
    expect(view).toMatchObject({
      inUse: { name: 'cpu' },
      chosen: { backend: 'wasm' },
      overrides: [{ variable: 'HARK_BACKEND', value: 'cpu' }],
    });
  });

  test('is another with the reason, where what was chosen once is gone', async () => {
    await client.lab.chooseEngine({ backend: 'native', threads: 1 });
    vi.stubEnv('HARK_ISA', 'mmx');
    const again = await openHouse(nodeHost('web'), path.join(temporaryFolder(), 'lab'));
    try {
      writeSetting(again.services.lab.store, 'engine', JSON.stringify({ backend: 'native', threads: 1 }));
      const { backend, unavailable } = await again.services.doctor();
      expect(backend).not.toBe('native');
      expect(unavailable[0]).toEqual({ backend: 'native', reason: expect.stringContaining('no mmx kernels') });
    } finally {
      await again.close();
    }
  });

  test('is Hark’s own choice where what was kept makes no sense', () => {
    for (const damaged of ['{', '{"backend":"abacus"}', '{"threads":0}', 'null']) {
      writeSetting(house.services.lab.store, 'engine', damaged);
      expect(kept()).toEqual({ backend: null, threads: null });
    }
  });
});
