import os from 'node:os';
import { reasonOf, startBackend } from '#main/engine/backend.ts';
import { overridesOfEnvironment, underEnvironment } from '#main/engine/environment.ts';
import type { ProbeAnswer } from '#main/engine/probe.ts';
import type { ChildProcess, Host } from '#main/lab/host.ts';
import type { Lab } from '#main/lab/lab.ts';
import { readEngineSettings, writeEngineSettings } from '#main/lab/settings.ts';
import { asHarkError, HarkError } from '#shared/domain/errors.ts';
import {
  BACKENDS,
  type BackendCheck,
  type BackendName,
  type BackendReport,
  type EngineSettings,
  type EngineView,
} from '#shared/domain/system.ts';

/** A backend that has not answered by then is taken for one that hangs. */
const PROBE_MS = 60_000;

/** The engine of an open lab: what the lab has chosen, what this process computes with, and what this machine could have. */
export class Engine {
  /** What this process computes with; null before it is first needed. */
  report: BackendReport | null = null;
  readonly #lab: Lab;
  readonly #host: Host;
  #starting: Promise<BackendReport> | null = null;
  readonly #checks = new Map<BackendName, Promise<BackendCheck>>();
  readonly #probes = new Set<ChildProcess>();

  constructor(lab: Lab, host: Host) {
    this.#lab = lab;
    this.#host = host;
  }

  /**
   * Starts this process' own engine, when it is first asked for. Where the lab's choice cannot be had (any more), it is another,
   * with the reason: looking at a lab must not depend on it.
   * @throws HarkError `bad-input`, `unavailable` for what the environment insists on
   */
  start(): Promise<BackendReport> {
    return (this.#starting ??= this.#start().then((report) => (this.report = report)));
  }

  /** @param options again: try the backends anew, for something may have been installed */
  async view({ again = false }: { again?: boolean } = {}): Promise<EngineView> {
    if (again) this.#checks.clear();
    const [inUse, backends] = await Promise.all([this.start(), Promise.all(BACKENDS.map((name) => this.#check(name)))]);
    return {
      ...{ inUse, backends },
      chosen: readEngineSettings(this.#lab.store),
      overrides: overridesOfEnvironment(),
      cores: os.availableParallelism(),
    };
  }

  /** Keeps a choice, for this process from now on and for trainings to come. @throws HarkError `unavailable`: nothing is kept */
  async choose(settings: EngineSettings): Promise<EngineView> {
    await this.#require(settings.backend);
    writeEngineSettings(this.#lab.store, settings);
    this.#starting = null;
    return this.view();
  }

  /** Has this process and all it starts compute with this, whatever the lab has chosen. @throws HarkError `unavailable` */
  async insist({
    backend,
    threads,
  }: {
    backend?: BackendName | undefined;
    threads?: number | undefined;
  }): Promise<void> {
    await this.#require(backend ?? null);
    if (backend !== undefined) process.env['HARK_BACKEND'] = backend;
    if (threads !== undefined) process.env['HARK_THREADS'] = String(threads);
  }

  close(): void {
    for (const probe of this.#probes) probe.kill();
  }

  async #start(): Promise<BackendReport> {
    const { backend, threads } = readEngineSettings(this.#lab.store);
    try {
      return await startBackend(underEnvironment({ backend, threads }));
    } catch (thrown) {
      const { kind, cause } = asHarkError(thrown);
      if (kind !== 'unavailable' || backend === null || process.env['HARK_BACKEND']) throw thrown;
      const report = await startBackend(underEnvironment({ backend: null, threads }));
      const others = report.unavailable.filter((one) => one.backend !== backend);
      return { ...report, unavailable: [{ backend, reason: reasonOf(cause) }, ...others] };
    }
  }

  async #require(backend: BackendName | null): Promise<void> {
    if (backend === null) return;
    // Tried anew: it is about to be relied on.
    this.#checks.delete(backend);
    const { reason } = await this.#check(backend);
    if (reason === null) return;
    throw new HarkError('unavailable', `The ${backend} backend cannot be used: ${reason}.`, {
      where: 'backend',
      remedy: 'Choose another one, or leave the choice to Hark; nothing has been changed.',
    });
  }

  #check(backend: BackendName): Promise<BackendCheck> {
    let check = this.#checks.get(backend);
    if (!check) this.#checks.set(backend, (check = this.#probe(backend)));
    return check;
  }

  async #probe(backend: BackendName): Promise<BackendCheck> {
    const probe = this.#host.startProcess('engine-probe', { HARK_BACKEND: backend });
    this.#probes.add(probe);
    let timer: NodeJS.Timeout | undefined;
    const answer = await new Promise<ProbeAnswer>((resolve) => {
      probe.onMessage((message) => resolve(message as ProbeAnswer));
      probe.onExit((code, signal) =>
        resolve({ reason: `its process ended with ${signal ? `signal ${signal}` : `code ${code}`}` }),
      );
      timer = setTimeout(() => resolve({ reason: `it did not start within ${PROBE_MS / 1000} seconds` }), PROBE_MS);
    });
    clearTimeout(timer);
    probe.kill();
    this.#probes.delete(probe);
    if ('reason' in answer) return { backend, available: false, instructionSet: null, threads: null, ...answer };
    const { instructionSet, threads } = answer.report;
    return { backend, available: true, instructionSet, threads, reason: null };
  }
}
