import { HarkError, type ErrorDetails, type ErrorKind } from '#shared/domain/errors.ts';
import type { Job } from '#shared/domain/job.ts';
import type { KeptMemoryRun, MemoryRun, MemoryTask } from '#shared/domain/memory.ts';
import type { EngineSettings } from '#shared/domain/system.ts';
import type { HistoryStep, HistoryView, LabChange, Status } from '#shared/contract/lab.ts';
import type { ReportFile } from '#shared/contract/reports.ts';
import { Broadcast } from './broadcast.ts';
import { commands, digits, longNames, type MadeClip, type MadeDataset } from './clips.ts';
import { madeComparisons, type MadeComparison } from './comparisons.ts';
import { madeSweeps, type MadeSweep } from './sweeps.ts';

export interface FakeLabOptions {
  /** Which datasets there are at first. */
  datasets?: ('digits' | 'commands' | 'long-names')[];
  /** Whether comparisons (done, running, interrupted, failed) are there. */
  comparisons?: boolean;
  nativeDialogs?: boolean;
  /** How long an import takes, ms. */
  importMs?: number;
  /** What the listing of a folder waits for. */
  listing?: Promise<unknown>;
  /** How long one epoch of a running comparison takes, ms. */
  epochMs?: number;
  /** Whether ablations (one done, one of which a level failed) are there. */
  sweeps?: boolean;
  /** How many points an experiment comes to; it then waits to be stopped. */
  mostPoints?: number;
  /** How long it takes to go through many clips, ms. */
  walkMs?: number;
  /** 0: any free one. */
  port?: number;
}

interface UndoStep extends HistoryStep {
  redo(): void;
  undo(): void;
  topics: LabChange['topics'];
}

/** All a made lab holds, and the few steps that several calls share. */
export class FakeState {
  readonly options: Required<FakeLabOptions>;
  readonly datasets: MadeDataset[] = [];
  comparisons: MadeComparison[] = [];
  sweeps: MadeSweep[] = [];
  readonly jobs = new Map<string, Job>();
  engine: EngineSettings = { backend: null, threads: null };
  readonly reports: ReportFile[] = [];
  readonly memory = { running: null as MemoryRun | null, kept: new Map<MemoryTask, KeptMemoryRun>() };
  /** Whether made networks were looked into while they were trained. */
  probes = true;
  /** Numbers of maps, as the bulk route has them. */
  readonly maps = new Map<string, Float32Array>();
  readonly changes = new Broadcast<LabChange>();
  readonly statuses = new Broadcast<Status>();
  readonly #failures = new Map<string, HarkError>();
  #history: UndoStep[] = [];
  #next = 1;
  #nextClip = 1;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: FakeLabOptions) {
    this.options = {
      datasets: ['digits', 'commands'],
      comparisons: true,
      sweeps: false,
      nativeDialogs: false,
      importMs: 2500,
      listing: Promise.resolve(),
      epochMs: 1500,
      mostPoints: Infinity,
      walkMs: 50,
      port: 0,
      ...options,
    };
    const makers = { digits, commands, 'long-names': longNames };
    for (const name of this.options.datasets) this.add(makers[name]);
    if (this.options.comparisons && this.datasets.length > 0) this.comparisons = madeComparisons(this);
    if (this.options.sweeps) madeSweeps(this);
  }

  add(maker: (id: number, firstClip: number) => MadeDataset): MadeDataset {
    const made = maker(this.datasets.length + 1, this.#nextClip);
    this.#nextClip += made.clips.length;
    this.datasets.push(made);
    return made;
  }

  dataset(id: number): MadeDataset {
    const found = this.datasets.find(({ summary, removed }) => summary.id === id && !removed);
    if (!found) throw new HarkError('not-found', 'This dataset is not in the lab any more.');
    return found;
  }

  clip(id: number): { clip: MadeClip; dataset: MadeDataset } {
    for (const dataset of this.datasets) {
      const first = dataset.clips[0]?.id ?? 0;
      const clip = dataset.clips[id - first];
      if (clip && id >= first) return { clip, dataset };
    }
    throw new HarkError('not-found', 'This clip is not in the lab any more.');
  }

  comparison(id: number): MadeComparison {
    const found = this.comparisons.find((one) => one.id === id);
    if (!found) throw new HarkError('not-found', 'This comparison is not in the lab any more.');
    return found;
  }

  sweep(id: number): MadeSweep {
    const found = this.sweeps.find((one) => one.id === id);
    if (!found) throw new HarkError('not-found', 'This ablation is not in the lab any more.');
    return found;
  }

  newId = () => this.#next++;

  changed(...topics: LabChange['topics']): void {
    this.changes.send({ topics });
  }

  /** Lets a call (e.g. `library.clips`) fail until it is told otherwise. */
  fail(call: string, error: ({ kind: ErrorKind; message: string } & ErrorDetails) | null): void {
    if (error) this.#failures.set(call, new HarkError(error.kind, error.message, error));
    else this.#failures.delete(call);
  }
  failureOf = (call: string): HarkError | undefined => this.#failures.get(call);

  status(): Status {
    return {
      jobs: [...this.jobs.values()],
      backend: 'native',
      instructionSet: 'avx512',
      threads: 2,
      memoryMB: 412,
      freeDiskGB: 182,
    };
  }

  setJob(job: Job): void {
    this.jobs.set(job.id, job);
    this.statuses.send(this.status());
  }
  dropJob(id: string): void {
    this.jobs.delete(id);
    this.statuses.send(this.status());
  }

  every(ms: number, work: (stop: () => void) => void): void {
    const timer = setInterval(() => {
      work(() => {
        clearInterval(timer);
        this.#timers.delete(timer);
      });
    }, ms);
    this.#timers.add(timer);
  }
  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  // ------------------------------------------------------------------ history

  /** Does a step and keeps how to take it back. */
  step(words: string, topics: LabChange['topics'], redo: () => void, undo: () => void): void {
    this.#history = this.#history.filter(({ undone }) => !undone);
    this.#history.push({ id: this.newId(), at: new Date().toISOString(), words, undone: false, redo, undo, topics });
    redo();
    this.changed(...topics, 'history');
  }
  history = (): HistoryView => ({
    steps: this.#history.map(({ id, at, words, undone }) => ({ id, at, words, undone })).reverse(),
    total: this.#history.length,
    removed: { datasets: this.datasets.filter(({ removed }) => removed).length, clips: 0, comparisons: 0 },
  });
  jump(step: number | null): { steps: number } {
    const later = this.#history.filter(({ id, undone }) => !undone && id > (step ?? 0)).length;
    const earlier = this.#history.filter(({ id, undone }) => undone && id <= (step ?? 0)).length;
    for (let turn = 0; turn < later; turn++) this.undo();
    for (let turn = 0; turn < earlier; turn++) this.redo();
    return { steps: later + earlier };
  }
  clearHistory(): { steps: number } & HistoryView['removed'] {
    const { total, removed } = this.history();
    this.#history = [];
    this.changed('history');
    return { steps: total, ...removed };
  }
  undo = () =>
    this.#move(
      this.#history.findLast(({ undone }) => !undone),
      'undo',
    );
  redo = () =>
    this.#move(
      this.#history.find(({ undone }) => undone),
      'redo',
    );
  #move(step: UndoStep | undefined, way: 'undo' | 'redo'): HistoryStep | null {
    if (!step) return null;
    step[way]();
    step.undone = way === 'undo';
    this.changed(...step.topics, 'history');
    const { id, at, words, undone } = step;
    return { id, at, words, undone };
  }
}
