import type { Cell } from '#shared/domain/model-spec.ts';
import { ModelSpec } from '#shared/domain/model-spec.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { EpochRecord, TestResult, type RunState } from '#shared/domain/run.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import type { Store } from './store.ts';

export interface NewRun {
  cell: Cell;
  seed: number;
  model: ModelSpec;
  training: TrainingSpec;
  parameters: number;
}

/** A run as the store keeps it. */
export interface RunRow extends NewRun {
  id: number;
  comparison: number;
  state: RunState;
  /** How often it was taken up from a checkpoint. */
  resumes: number;
  result: TestResult | null;
  error: string | null;
}

/** What a run said of one test clip; classes by their number in the comparison. */
export interface PredictionRow {
  clip: number;
  truth: number;
  predicted: number;
  /** One a class. */
  probabilities: Float32Array;
}

const ROW =
  'id, comparison_id as comparison, cell, seed, model, training, parameters, state, resumes, result, error from run';

export function insertRuns(store: Store, comparison: number, runs: NewRun[]): void {
  const insert = store.prepare(
    `insert into run (comparison_id, cell, seed, model, training, parameters, state) values (?, ?, ?, ?, ?, ?, 'waiting')`,
  );
  for (const { cell, seed, model, training, parameters } of runs)
    insert.run(comparison, cell, seed, JSON.stringify(model), JSON.stringify(training), parameters);
}

/** Runs of a comparison in the order they are trained. */
export function runRows(store: Store, comparison: number): RunRow[] {
  return (store.prepare(`select ${ROW} where comparison_id = ? order by id`).all(comparison) as StoredRow[]).map(
    parseRow,
  );
}

/** @throws HarkError `not-found` */
export function runRow(store: Store, run: number): RunRow {
  const row = store.prepare(`select ${ROW} where id = ?`).get(run);
  if (!row) throw new HarkError('not-found', 'This run is not in the lab.', { where: `run ${run}` });
  return parseRow(row as StoredRow);
}

type StoredRow = Record<keyof RunRow, string | number | null>;

function parseRow(row: StoredRow): RunRow {
  return {
    ...(row as unknown as RunRow),
    model: ModelSpec.parse(JSON.parse(String(row.model))),
    training: TrainingSpec.parse(JSON.parse(String(row.training))),
    result: row.result === null ? null : TestResult.parse(JSON.parse(String(row.result))),
  };
}

export function setRunState(store: Store, run: number, state: RunState, error: string | null = null): void {
  store.prepare('update run set state = ?, error = ? where id = ?').run(state, error, run);
}

/** All runs of a comparison that are in one state go to another. */
export function setRunStates(store: Store, comparison: number, from: RunState, to: RunState): void {
  store.prepare('update run set state = ? where comparison_id = ? and state = ?').run(to, comparison, from);
}

export function countResume(store: Store, run: number): void {
  store.prepare('update run set resumes = resumes + 1 where id = ?').run(run);
}

/** How many runs of a comparison have been tested. */
export function testedRuns(store: Store, comparison: number): number {
  return store
    .prepare('select count(*) from run where comparison_id = ? and result is not null')
    .pluck()
    .get(comparison) as number;
}

/** How far each run of a comparison is, without its curve. */
export function runStates(store: Store, comparison: number): { cell: Cell; state: RunState; epochs: number }[] {
  return store
    .prepare(
      `select cell, state, (select count(*) from epoch where run_id = run.id) as epochs from run
      where comparison_id = ? order by id`,
    )
    .all(comparison) as { cell: Cell; state: RunState; epochs: number }[];
}

/** The curve of a run, from its first epoch. */
export function epochRecords(store: Store, run: number): EpochRecord[] {
  const records = store
    .prepare('select record from epoch where run_id = ? order by epoch')
    .pluck()
    .all(run) as string[];
  return records.map((record) => EpochRecord.parse(JSON.parse(record)));
}

export function addEpoch(store: Store, run: number, record: EpochRecord): void {
  store
    .prepare('insert or replace into epoch (run_id, epoch, record) values (?, ?, ?)')
    .run(run, record.epoch, JSON.stringify(record));
}

/** Makes the curve that of the checkpoint a run goes on from. */
export function replaceEpochs(store: Store, run: number, records: EpochRecord[]): void {
  store.transaction(() => {
    store.prepare('delete from epoch where run_id = ?').run(run);
    for (const record of records) addEpoch(store, run, record);
  })();
}

/** Ends a run: its state, its result, and what it said of every test clip. */
export function finishRun(
  store: Store,
  run: number,
  state: RunState,
  result: TestResult,
  predictions: PredictionRow[],
): void {
  store.transaction(() => {
    store
      .prepare('update run set state = ?, result = ?, error = null where id = ?')
      .run(state, JSON.stringify(result), run);
    store.prepare('delete from prediction where run_id = ?').run(run);
    const insert = store.prepare(
      'insert into prediction (run_id, clip_id, truth, predicted, probabilities) values (?, ?, ?, ?, ?)',
    );
    for (const { clip, truth, predicted, probabilities } of predictions)
      insert.run(run, clip, truth, predicted, encodeProbabilities(probabilities));
  })();
}

/** Whether each test clip was got right, in the order of the clips' ids. */
export function rightByClip(store: Store, run: number): { clips: number[]; right: number[] } {
  const rows = store
    .prepare('select clip_id, truth = predicted from prediction where run_id = ? order by clip_id')
    .raw()
    .all(run) as [number, number][];
  return { clips: rows.map(([clip]) => clip), right: rows.map(([, right]) => right) };
}

/** What a run said of one clip; null where it was not tested on it. */
export function predictionOf(store: Store, run: number, clip: number): PredictionRow | null {
  const row = store
    .prepare('select clip_id as clip, truth, predicted, probabilities from prediction where run_id = ? and clip_id = ?')
    .get(run, clip) as (Omit<PredictionRow, 'probabilities'> & { probabilities: Buffer }) | undefined;
  return row ? { ...row, probabilities: decodeProbabilities(row.probabilities) } : null;
}

/** A prediction with what a list of clips shows of its clip. */
export interface ListedPrediction {
  clip: number;
  file: string;
  speaker: string | null;
  duration: number;
  label: string;
  missing: boolean;
  truth: number;
  predicted: number;
  probabilities: Float32Array;
}

/**
 * Predictions of one run behind a cell of its confusion matrix.
 * @param truth class number; null: every row
 * @param predicted class number; null: every mistake of the row
 */
export function listPredictions(
  store: Store,
  run: number,
  truth: number | null,
  predicted: number | null,
): ListedPrediction[] {
  return predictionsWhere(
    store,
    `(@truth is null or truth = @truth)
      and (case when @predicted is null then predicted <> truth else predicted = @predicted end)`,
    { run, truth, predicted },
  );
}

/** All that a run said in its test. */
export const allPredictions = (store: Store, run: number): ListedPrediction[] =>
  predictionsWhere(store, 'true', { run });

function predictionsWhere(
  store: Store,
  condition: string,
  values: { run: number } & Record<string, number | null>,
): ListedPrediction[] {
  const rows = store
    .prepare(
      `select clip.id as clip, file, speaker, duration, clip.label, missing, truth, predicted, probabilities
      from prediction join clip on clip.id = clip_id
      where run_id = @run and ${condition}
      order by clip.id`,
    )
    .all(values) as (Omit<ListedPrediction, 'missing' | 'probabilities'> & {
    missing: number;
    probabilities: Buffer;
  })[];
  return rows.map((row) => ({
    ...row,
    missing: row.missing === 1,
    probabilities: decodeProbabilities(row.probabilities),
  }));
}

function encodeProbabilities(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes;
}

/** The probabilities of a prediction as they are kept. */
export function decodeProbabilities(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}
