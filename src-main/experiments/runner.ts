import { prepareFeatures } from '#main/features/prepare.ts';
import { comparedClips } from '#main/lab/clips.ts';
import {
  addSecondsSpent,
  comparisonClips,
  comparisonRow,
  leaveOutClips,
  setComparisonBackend,
  setComparisonState,
  type ComparisonRow,
} from '#main/lab/comparisons.ts';
import { readEngineSettings } from '#main/lab/settings.ts';
import { epochRecords, runRows, setRunState, setRunStates, type RunRow } from '#main/lab/runs.ts';
import type { TaskClip } from '#main/training/protocol.ts';
import { asHarkError, HarkError } from '#shared/domain/errors.ts';
import type { RunView } from '#shared/domain/run.ts';
import type { ExperimentContext } from './context.ts';
import { Lane } from './lane.ts';
import { Pace } from './pace.ts';
import { Gate } from './turns.ts';

/** Runs that are at their end, whatever comes. */
const isOver = ({ state }: RunRow) => state === 'done' || state === 'stopped';

/**
 * One comparison at work, from its features to its last test. Seeds come one after the other; of one seed all cells train
 * side by side, an epoch each in turn, so that their curves grow together while each has the machine to itself.
 */
export class Runner {
  /** Resolves when it has ended, however; the store says how. */
  readonly ended: Promise<void>;
  preparing: { done: number; total: number } | null = null;
  readonly #context: ExperimentContext;
  readonly #comparison: number;
  readonly #changed: () => void;
  readonly #gate = new Gate();
  readonly #pace = new Pace();
  #ending: 'stop' | 'interrupt' | null = null;
  /** Interrupted in a pause: that is how it is found again. */
  #stayPaused = false;
  #lanes: Lane[] = [];
  #preparation = new AbortController();
  /** The turn that is held, while a step is in hand. */
  #turn: { release: () => void; since: number } | null = null;
  #inHand = false;
  /** Raised by each pause and resume, so that a late one knows it has been overtaken. */
  #orders = 0;

  /** @param only `tests`: train no more, test what has been learnt so far */
  constructor(context: ExperimentContext, comparison: number, changed: () => void, only: 'all' | 'tests' = 'all') {
    this.#context = context;
    this.#comparison = comparison;
    this.#changed = changed;
    this.ended = this.#work(only);
  }

  get paused(): boolean {
    return this.#gate.shut;
  }

  progressOf(run: number): RunView['progress'] {
    return this.#lanes.find((lane) => lane.run.id === run)?.progress ?? null;
  }

  trainers(): { run: number; pid: number | undefined; memoryMB: number }[] {
    return this.#lanes.flatMap((lane) => (lane.process ? [{ run: lane.run.id, ...lane.process }] : []));
  }

  /** Seconds to go, from the epochs seen so far. */
  secondsLeft(runs: RunView[]): number | null {
    if (this.preparing) return null;
    const remaining = runs
      .filter(({ state }) => !['done', 'stopped', 'failed'].includes(state))
      .map(({ cell, parameters, training, epochs, progress }) => ({
        cell,
        parameters,
        epochsLeft: Math.max(0, training.epochs - epochs.length - (progress?.share ?? 0)),
      }));
    return this.#pace.secondsLeft(remaining);
  }

  pause(): void {
    this.#orders++;
    this.#gate.close();
    this.#preparation.abort();
    for (const lane of this.#lanes) lane.pause();
    this.#giveBack();
    this.#note('paused');
  }

  async resume(): Promise<void> {
    const order = ++this.#orders;
    // A step in hand was cut in two: its second half needs a turn as well.
    if (this.#inHand) {
      const release = await this.#context.turns.take();
      if (this.#inHand && order === this.#orders) this.#turn = { release, since: performance.now() };
      else release();
      if (order !== this.#orders) return;
    }
    this.#open();
    this.#note(this.preparing ? 'preparing' : 'training');
  }

  /** Ends training; the best weights so far are tested. */
  async stop(): Promise<void> {
    if (this.#ending === null) {
      this.#ending = 'stop';
      this.#orders++;
      this.#preparation.abort();
      for (const lane of this.#lanes) lane.stop();
      this.#open();
      this.#changed();
    }
    await this.ended;
  }

  /** Ends all processes at once; the comparison can be taken up again where it is. */
  async interrupt(): Promise<void> {
    this.#ending = 'interrupt';
    this.#stayPaused = this.paused;
    this.#orders++;
    this.#preparation.abort();
    for (const lane of this.#lanes) lane.close();
    this.#gate.open();
    await this.ended;
  }

  #open(): void {
    for (const lane of this.#lanes) lane.resume();
    this.#gate.open();
  }

  #note(state: 'preparing' | 'training' | 'paused'): void {
    const { store } = this.#context.lab;
    setComparisonState(store, this.#comparison, state);
    if (state === 'paused') setRunStates(store, this.#comparison, 'training', 'paused');
    else setRunStates(store, this.#comparison, 'paused', 'training');
    this.#changed();
  }

  async #work(only: 'all' | 'tests'): Promise<void> {
    const { store } = this.#context.lab;
    // The caller first gets its runner.
    await Promise.resolve();
    try {
      const clips = await this.#prepare();
      if (only === 'tests') this.#ending ??= 'stop';
      for (const seed of comparisonRow(store, this.#comparison).spec.seeds) await this.#trainSeed(seed, clips);
      this.#conclude();
    } catch (error) {
      if (this.#ending === null) this.#fail(asHarkError(error));
      else if (this.#ending === 'stop') this.#conclude();
    } finally {
      for (const lane of this.#lanes) lane.close();
      if (this.#ending === 'interrupt' && !this.#stayPaused) this.#interrupted();
      this.#lanes = [];
      this.preparing = null;
      this.#changed();
    }
  }

  /** Sees that all features are there. @returns what trainers are told of the clips */
  async #prepare(): Promise<TaskClip[]> {
    const { lab, cache, pool } = this.#context;
    const row = comparisonRow(lab.store, this.#comparison);
    this.#note('preparing');
    const records = new Map(comparedClips(lab.store, row.id, row.dataset).map((clip) => [clip.id, clip]));
    const fixed = comparisonClips(lab.store, this.#comparison);
    const known = fixed.filter(({ clip }) => records.has(clip));
    const classes = new Map(row.classes.map((name, index) => [name, index]));
    this.preparing = { done: 0, total: known.length };
    const prepared = await this.#unpaused((signal) =>
      this.#timed(() =>
        prepareFeatures(
          known.map(({ clip }) => records.get(clip)!),
          row.spec.features,
          cache,
          {
            pool,
            kept: lab.path('audio', 'kept'),
            signal,
            onProgress: ({ done, total }) => {
              this.preparing = { done, total };
              this.#changed();
            },
          },
        ),
      ),
    );
    this.preparing = null;
    const gone = fixed
      .filter(({ clip }) => !records.has(clip))
      .map(({ clip }) => ({ clip, file: `clip ${clip}`, reason: 'It is no longer in the lab.' }));
    const unreadable = prepared.flatMap((entry) =>
      entry.skipped ? [{ clip: entry.id, file: records.get(entry.id)!.file, reason: entry.skipped.reason }] : [],
    );
    this.#leaveOut(row, [...gone, ...unreadable]);
    await this.#gate.pass();
    this.#note('training');
    return prepared.flatMap((entry, index) =>
      entry.skipped
        ? []
        : [{ clip: entry.id, part: known[index].part, label: classes.get(known[index].label)!, features: entry.key }],
    );
  }

  /** Clips that cannot be had stay out; but not once training has begun, for it would go on with other data. */
  #leaveOut(row: ComparisonRow, clips: { clip: number; file: string; reason: string }[]): void {
    const { store } = this.#context.lab;
    const begun = runRows(store, row.id).some((run) => epochRecords(store, run.id).length > 0);
    if (begun && clips.length > 0)
      throw new HarkError(
        'not-found',
        `${clips.length} clip${clips.length > 1 ? 's' : ''} that this training began with can no longer be had: ${clips[0].reason}`,
        { where: clips[0].file, remedy: 'Put the files back (or find them again in the library), then resume.' },
      );
    leaveOutClips(store, row.id, clips);
    const { train, test } = comparisonRow(store, row.id).split;
    if (train === 0 || test === 0)
      throw new HarkError('unreadable-file', `No clip of the ${train === 0 ? 'training' : 'test'} part can be read.`, {
        where: clips[0]?.file,
        remedy: 'See the list of clips left out for the reasons.',
      });
  }

  async #trainSeed(seed: number, clips: TaskClip[]): Promise<void> {
    const { store } = this.#context.lab;
    const runs = runRows(store, this.#comparison).filter((run) => run.seed === seed && !isOver(run));
    const row = comparisonRow(store, this.#comparison);
    this.#lanes = runs.map((run) => this.#lane(row, run, clips));
    let active = this.#lanes;
    const each = async (lanes: Lane[], step: (lane: Lane) => Promise<boolean>): Promise<Lane[]> => {
      const left: Lane[] = [];
      for (const lane of lanes) if (await this.#guarded(lane, step)) left.push(lane);
      return left;
    };
    active = await each(active, async (lane) => {
      if (!this.#ending) await this.#inTurn(() => lane.open());
      return true;
    });
    while (active.length > 0 && !this.#ending)
      active = await each(active, async (lane) => {
        if (this.#ending) return true;
        const { cell, parameters } = lane.run;
        const seconds = await this.#inTurn(() => lane.epoch());
        if (seconds !== null) this.#pace.saw(cell, parameters, seconds);
        if (!lane.trained || this.#ending) return true;
        await this.#inTurn(() => lane.test('done'));
        return false;
      });
    if (this.#ending === 'stop')
      await each(active, async (lane) => {
        if (lane.epochs > 0) await this.#inTurn(() => lane.test('stopped'));
        return false;
      });
  }

  #lane(row: ComparisonRow, run: RunRow, clips: TaskClip[]): Lane {
    const { lab, host, cache } = this.#context;
    return new Lane({
      store: lab.store,
      host,
      run,
      task: {
        folder: lab.path('models', String(row.id), String(run.id)),
        featureCache: cache.directory,
        features: row.spec.features,
        model: run.model,
        training: run.training,
        inputSize: row.inputSize,
        classes: row.classes,
        clips,
        probe: true,
        engine: readEngineSettings(lab.store),
      },
      mayGoOn: async () => {
        await this.#gate.pass();
        if (this.#ending === 'interrupt') throw new HarkError('cancelled', 'Stopped.');
      },
      onBackend: ({ name, instructionSet }) =>
        setComparisonBackend(lab.store, row.id, instructionSet ? `${name}, ${instructionSet}` : name),
      changed: this.#changed,
    });
  }

  /** A run that fails ends alone; the others go on. @returns whether the lane has more to do */
  async #guarded(lane: Lane, step: (lane: Lane) => Promise<boolean>): Promise<boolean> {
    try {
      return await step(lane);
    } catch (thrown) {
      if (this.#ending === 'interrupt') throw thrown;
      const { message, remedy } = asHarkError(thrown);
      lane.close();
      setRunState(this.#context.lab.store, lane.run.id, 'failed', [message, remedy].filter(Boolean).join(' '));
      this.#changed();
      return false;
    }
  }

  /** Does a step with the machine to itself, when there is no pause. */
  async #inTurn<T>(step: () => Promise<T>): Promise<T> {
    for (;;) {
      await this.#gate.pass();
      const release = await this.#context.turns.take();
      this.#turn = { release, since: performance.now() };
      if (!this.#gate.shut) break;
      this.#giveBack();
    }
    this.#inHand = true;
    try {
      return await step();
    } finally {
      this.#inHand = false;
      this.#giveBack();
    }
  }

  #giveBack(): void {
    if (!this.#turn) return;
    addSecondsSpent(this.#context.lab.store, this.#comparison, (performance.now() - this.#turn.since) / 1000);
    this.#turn.release();
    this.#turn = null;
  }

  /** Does work that a pause cuts off, again after the pause. */
  async #unpaused<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    for (;;) {
      await this.#gate.pass();
      if (this.#ending) throw new HarkError('cancelled', 'Stopped.');
      this.#preparation = new AbortController();
      try {
        return await work(this.#preparation.signal);
      } catch (error) {
        const cut = error instanceof HarkError && error.kind === 'cancelled' && !this.#ending;
        if (!cut) throw error;
      }
    }
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await work();
    } finally {
      addSecondsSpent(this.#context.lab.store, this.#comparison, (performance.now() - started) / 1000);
    }
  }

  /** All has been done that will be. */
  #conclude(): void {
    const { store } = this.#context.lab;
    if (this.#ending === 'interrupt') return;
    if (this.#ending === 'stop')
      for (const run of runRows(store, this.#comparison))
        if (!isOver(run) && run.state !== 'failed') setRunState(store, run.id, 'stopped');
    const runs = runRows(store, this.#comparison);
    const failed = runs.filter(({ state }) => state === 'failed');
    const stopped = runs.some(({ state }) => state === 'stopped');
    const state = failed.length === runs.length ? 'failed' : stopped ? 'stopped' : 'done';
    const error =
      failed.length === 0
        ? null
        : `${failed.length} of ${runs.length} run${runs.length > 1 ? 's' : ''} failed: ${failed[0].error}`;
    setComparisonState(store, this.#comparison, state, error);
  }

  #fail({ message, where, remedy }: HarkError): void {
    const { store } = this.#context.lab;
    for (const state of ['training', 'paused'] as const) setRunStates(store, this.#comparison, state, 'interrupted');
    setComparisonState(
      store,
      this.#comparison,
      'failed',
      [message, where && `(${where})`, remedy].filter(Boolean).join(' '),
    );
  }

  #interrupted(): void {
    const { store } = this.#context.lab;
    setRunStates(store, this.#comparison, 'training', 'interrupted');
    setComparisonState(store, this.#comparison, 'interrupted');
  }
}
